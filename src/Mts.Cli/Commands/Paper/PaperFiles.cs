using Mts.Cli.CommandLine;
using Mts.Engine.Sessions;
using Mts.Storage.Files.Journal;
using Mts.Strategies;

namespace Mts.Cli.Commands.Paper;

/// <summary>Where a session's files lie: <c>paper/{id}/journal</c> and <c>result.json</c> in the data folder.</summary>
internal static class PaperFiles
{
    public static string Journal(Session session, string id) => Path.Combine(Folder(session, id), "journal");

    public static bool Exists(Session session, string? id) => id is not null && File.Exists(Journal(session, id));

    public static void WriteResult(Session session, string id, byte[] json)
    {
        var path = Path.Combine(Folder(session, id), "result.json");
        File.WriteAllBytes(path + ".new", json);
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Runs a journal again.</summary>
    /// <exception cref="JournalDamageException">A record is not what was written.</exception>
    public static SessionReplay Replay(SessionJournalReader reader) => SessionReplay.Run(reader.Read(), new StrategyCatalog());

    private static string Folder(Session session, string id)
    {
        if (id.Length is 0 or > 64 || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) throw new UsageException($"--session: '{id}' is no name; up to 64 letters, digits, - and _.");
        return Path.Combine(session.DataDirectory, "paper", id);
    }
}
