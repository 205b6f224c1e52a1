namespace Mts.Cli.Configuration;

/// <summary>Settings that no run may start with; the message lists all of them.</summary>
internal sealed class SettingsException(IReadOnlyList<string> problems) : MtsException(Describe(problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;

    private static string Describe(IReadOnlyList<string> problems) => problems.Count == 1
        ? problems[0]
        : $"{problems.Count} settings are wrong:" + string.Concat(problems.Select(p => $"\n  {p}"));
}
