using Mts.Cli.CommandLine;
using Mts.Cli.UserStrategies;
using Mts.Engine;
using Mts.Engine.Sessions;
using Mts.Storage.Files;
using Mts.Storage.Files.Journal;

namespace Mts.Cli.Commands.Paper;

/// <summary>Where a session's files lie: <c>paper/{id}/journal</c> and <c>result.json</c> in the data folder.</summary>
internal static class PaperFiles
{
    public static string Journal(Session session, string id) => Path.Combine(Folder(session, id), "journal");

    public static bool Exists(Session session, string? id) => id is not null && File.Exists(Journal(session, id));

    public static void WriteResult(Session session, string id, byte[] json) => Durable.Write(Path.Combine(Folder(session, id), "result.json"), file => file.Write(json));

    /// <summary>Of a session that did not come to begin.</summary>
    public static void Remove(Session session, string id)
    {
        var journal = Journal(session, id);
        File.Delete(journal);
        File.Delete(journal + ".lock");
        if (!Directory.EnumerateFileSystemEntries(Folder(session, id)).Any()) Directory.Delete(Folder(session, id));
    }

    /// <summary>Runs a journal again.</summary>
    /// <param name="reader">The journal.</param>
    /// <param name="available">The strategies.</param>
    /// <param name="progress">Told where the replay is; null for nobody.</param>
    /// <exception cref="ConfigurationException">A strategy is unknown, or its source is another one than the session began with.</exception>
    /// <exception cref="JournalDamageException">A record is not what was written.</exception>
    public static SessionReplay Replay(SessionJournalReader reader, AvailableStrategies available, RunProgress? progress)
    {
        var replay = Run(reader, available, progress);
        foreach (var use in replay.Plan.Strategies.Where(u => u.SourceHash != available.SourceHashOf(u.Name)))
            throw new ConfigurationException($"the session {replay.Plan.Id} began with another source of {use.Name} ({use.SourceHash?[..12] ?? "mts' own"}) than it would go on with; give the --strategy-path that it began with.");
        return replay;
    }

    /// <summary>Where a session that must be there has its journal.</summary>
    /// <exception cref="UsageException">It is not there; the message says which are.</exception>
    public static string Existing(Session session, string id)
    {
        if (Exists(session, id)) return Journal(session, id);
        var sessions = Path.Combine(session.DataDirectory, "paper");
        var there = Directory.Exists(sessions) ? Directory.EnumerateDirectories(sessions).Select(f => Path.GetFileName(f)!).Where(n => Exists(session, n)).Order(StringComparer.Ordinal).ToList() : [];
        throw new UsageException($"there is no session '{id}' in {sessions}; {(there.Count == 0 ? "`mts paper` begins one" : $"there {(there.Count == 1 ? "is" : "are")} {string.Join(", ", there)}")}.");
    }

    private static SessionReplay Run(SessionJournalReader reader, AvailableStrategies available, RunProgress? progress)
    {
        try
        {
            return SessionReplay.Run(reader.Read(), available, progress);
        }
        catch (DataValidationException empty) when (reader.Records == 0)
        {
            throw new DataValidationException($"{reader.Path}: {empty.Message}", empty);
        }
    }

    private static string Folder(Session session, string id)
    {
        if (id.Length is 0 or > 64 || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) throw new UsageException($"--session: '{id}' is no name; up to 64 letters, digits, - and _.");
        return Path.Combine(session.DataDirectory, "paper", id);
    }
}
