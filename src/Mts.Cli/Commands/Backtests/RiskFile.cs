using System.Text.Json;
using Mts.Cli.CommandLine;
using Mts.Cli.Configuration;
using Mts.Core.Risk;

namespace Mts.Cli.Commands.Backtests;

/// <summary>Reads limits from a file like <c>config/risk.json</c>.</summary>
internal static class RiskFile
{
    /// <exception cref="UsageException">There is no such file.</exception>
    /// <exception cref="SettingsException">It cannot be read.</exception>
    public static RiskOptions Read(Session session, string file)
    {
        var path = Path.GetFullPath(file, session.Host.CurrentDirectory);
        if (!File.Exists(path)) throw new UsageException($"--risk: there is no file {path}.");
        var problems = new List<string>();
        if (JsonFile.TryRead(path, problems) is { } json && problems.Count == 0)
            return RiskOptions.From(json.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString()! : p.Value.GetRawText(), StringComparer.Ordinal));
        throw new SettingsException(problems);
    }
}
