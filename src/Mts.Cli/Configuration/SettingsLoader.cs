namespace Mts.Cli.Configuration;

/// <summary>Lays files, environment variables and command line over each other: what comes later has the last word.</summary>
internal static class SettingsLoader
{
    private const string Prefix = "MTS__";
    private static readonly string[] Environments = ["Development", "Staging", "Production"];

    /// <param name="folder">The configuration folder.</param>
    /// <param name="environment">Development, Staging or Production, in any case; null for the default.</param>
    /// <param name="variables">Environment variables.</param>
    /// <param name="commandLine">Path, value and option of the settings that the command line sets.</param>
    /// <exception cref="SettingsException">Lists everything that is wrong.</exception>
    public static LoadedSettings Load(
        string folder, string? environment, IReadOnlyDictionary<string, string> variables, IReadOnlyList<(string Path, string Value, string Option)> commandLine)
    {
        var problems = new List<string>();
        var name = EnvironmentName(environment, variables, problems);
        var root = new SettingNode();
        foreach (var (path, section) in Files(folder, name))
        {
            if (JsonFile.TryRead(path, problems) is { } json) (section is null ? root : root[section]).Overlay(json, Shown(folder, path));
        }

        foreach (var (variable, value) in variables.Where(v => v.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).OrderBy(v => v.Key, StringComparer.Ordinal))
            At(root, variable[Prefix.Length..].Split("__")).Overlay(value, $"environment {variable}");
        foreach (var (path, value, option) in commandLine) At(root, path.Split('.')).Overlay(value, option);
        var binder = new SettingsBinder();
        var settings = binder.Bind<Settings>(root);
        problems.AddRange(binder.Problems);
        if (problems.Count == 0) problems.AddRange(SettingsRules.Problems(settings));
        return problems.Count == 0 ? new LoadedSettings(settings, folder, name, binder.Bound) : throw new SettingsException(problems);
    }

    // The limits come first, so that the settings may replace single ones.
    private static IEnumerable<(string Path, string? Section)> Files(string folder, string environment)
    {
        var risk = Path.Combine(folder, "risk.json");
        if (File.Exists(risk)) yield return (risk, "risk");
        yield return (Path.Combine(folder, "settings.json"), null);
        var overlay = Path.Combine(folder, $"settings.{environment}.json");
        if (File.Exists(overlay)) yield return (overlay, null);
    }

    private static string EnvironmentName(string? asked, IReadOnlyDictionary<string, string> variables, List<string> problems)
    {
        var origin = asked is null ? "environment MTS_ENVIRONMENT" : "--env";
        var text = asked ?? (variables.TryGetValue("MTS_ENVIRONMENT", out var variable) && variable.Length > 0 ? variable : Environments[0]);
        var name = Array.Find(Environments, e => string.Equals(e, text, StringComparison.OrdinalIgnoreCase));
        if (name is null) problems.Add($"{origin}: '{text}' is unknown; allowed are {string.Join(", ", Environments)}.");
        return name ?? Environments[0];
    }

    private static SettingNode At(SettingNode root, IEnumerable<string> path) => path.Aggregate(root, (node, name) => node[name]);

    private static string Shown(string folder, string path) => Path.Combine(Path.GetFileName(folder), Path.GetRelativePath(folder, path));
}

/// <param name="Settings">The values.</param>
/// <param name="Folder">Where they came from.</param>
/// <param name="Environment">Development, Staging or Production.</param>
/// <param name="Bound">Every setting with its origin.</param>
internal sealed record LoadedSettings(Settings Settings, string Folder, string Environment, IReadOnlyList<BoundSetting> Bound)
{
    /// <summary>Values that no output may show.</summary>
    public IReadOnlyList<string> Secrets { get; } = [.. Bound.SelectMany(b => b.Secrets)];
}
