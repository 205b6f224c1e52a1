using System.CommandLine;
using Mts.Engine.Analytics;

namespace Mts.Cli.Commands.Reports;

/// <summary>A run on the command line: its id, the first letters of it, or a file.</summary>
internal static class RunArgument
{
    private const int LeastLetters = 4;

    public static Argument<string> Create(string name, string which) => new(name) { Description = $"{which}: an id, its first letters, or a file of `mts backtest --json`.", HelpName = "RUN" };

    /// <exception cref="ConfigurationException">There is no such run, or several.</exception>
    public static StoredRun Read(Session session, string text) => StoredRun.Parse(File.ReadAllBytes(Find(session, text)), text);

    /// <summary>What its reader should know before all figures, on stderr.</summary>
    public static void Warn(Session session, StoredRun run)
    {
        foreach (var warning in run.Warnings) session.Output.Note($"warning: run {run.Id}: {warning}");
        if (run.Verdicts.IsSound == false) session.Output.Note($"warning: run {run.Id} must not be believed: a guard failed.");
    }

    /// <returns>The document's file.</returns>
    /// <exception cref="ConfigurationException">There is no such run, or several.</exception>
    public static string Find(Session session, string text)
    {
        var file = Path.GetFullPath(text, session.Host.CurrentDirectory);
        if (File.Exists(file)) return file;
        var fitting = All(session).Where(f => text.Length >= LeastLetters && Path.GetFileName(f).StartsWith(text, StringComparison.OrdinalIgnoreCase)).ToList();
        return fitting switch
        {
            [var only] => only,
            [] => throw new ConfigurationException($"there is no run '{text}' in {Folder(session)}, and no such file; `mts report list` shows the runs that are kept."),
            _ => throw new ConfigurationException($"'{text}' may be {string.Join(" or ", fitting.Select(f => Path.GetFileNameWithoutExtension(f)))}; give more letters."),
        };
    }

    /// <summary>The documents of all kept runs, by id.</summary>
    public static IReadOnlyList<string> All(Session session) =>
        Directory.Exists(Folder(session)) ? [.. Directory.EnumerateFiles(Folder(session), "*.json").Where(f => Path.GetFileName(f)[0] != '.').Order(StringComparer.Ordinal)] : [];

    private static string Folder(Session session) => Path.Combine(session.DataDirectory, "runs");
}
