using System.Text.Json;
using Mts.Core.Signals;

namespace Mts.Cli.Configuration;

/// <summary>Reads <c>config/strategies/*.json</c>: one object of parameters per strategy, under its catalogue name.</summary>
internal sealed class StrategyFiles(string folder)
{
    private readonly string[] files = Directory.Exists(Path.Combine(folder, "strategies"))
        ? [.. Directory.EnumerateFiles(Path.Combine(folder, "strategies"), "*.json").Order(StringComparer.Ordinal)]
        : [];

    public IReadOnlyList<string> Names => [.. files.Select(f => Path.GetFileNameWithoutExtension(f))];

    /// <returns>Texts by parameter; empty where the strategy has no file.</returns>
    /// <exception cref="SettingsException">The file cannot be read.</exception>
    public IReadOnlyDictionary<string, string> ParametersOf(string strategy)
    {
        var file = Array.Find(files, f => StrategyNames.Find(strategy, [Path.GetFileNameWithoutExtension(f)]) is not null);
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        if (file is null) return result;
        var problems = new List<string>();
        if (JsonFile.TryRead(file, problems) is { } json)
        {
            foreach (var property in json.EnumerateObject())
            {
                if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null) problems.Add($"{file}: {property.Name}: a number belongs here.");
                else result[property.Name] = property.Value.ToString();
            }
        }

        return problems.Count == 0 ? result : throw new SettingsException(problems);
    }
}
