using Mts.Cli.CommandLine;

namespace Mts.Cli.Configuration;

/// <summary>Finds the configuration: what the caller names, else that of the current directory, else the program's own.</summary>
internal static class ConfigFolder
{
    /// <param name="host">Variables and folders.</param>
    /// <param name="named">The value of <c>--config</c>.</param>
    /// <exception cref="UsageException">The named folder is not there, or none is found.</exception>
    public static string Find(CliHost host, string? named)
    {
        if (named is not null) return Existing(host, named, "--config");
        if (host.Variable("MTS_CONFIG_DIR") is { } variable) return Existing(host, variable, "MTS_CONFIG_DIR");
        var places = new[] { host.CurrentDirectory, host.Variable("MTS_HOME"), host.ProgramDirectory }
            .OfType<string>().Select(d => Path.Combine(d, "config")).ToList();
        return places.Find(d => File.Exists(Path.Combine(d, "settings.json")))
            ?? throw new UsageException($"no configuration: none of {string.Join(", ", places)} has a settings.json; name the folder with --config.");
    }

    private static string Existing(CliHost host, string folder, string origin)
    {
        var full = Path.GetFullPath(folder, host.CurrentDirectory);
        if (!Directory.Exists(full)) throw new UsageException($"{origin}: there is no folder {full}.");
        return File.Exists(Path.Combine(full, "settings.json")) ? full : throw new UsageException($"{origin}: {full} has no settings.json.");
    }
}
