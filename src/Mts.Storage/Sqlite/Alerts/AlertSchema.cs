using Mts.Core;

namespace Mts.Storage.Sqlite.Alerts;

/// <summary>The tables of the alerts' file.</summary>
internal static class AlertSchema
{
    private const int Version = 1;

    /// <summary>"MTSA" in the file's header.</summary>
    private const int ApplicationId = 0x4D545341;

    private const string Tables =
        """
        -- Every alert that was granted to a process. Times are Unix microseconds.
        CREATE TABLE alert (
            id TEXT PRIMARY KEY, rule TEXT NOT NULL, kind TEXT NOT NULL, severity INTEGER NOT NULL, phase INTEGER NOT NULL, subject TEXT NOT NULL,
            title TEXT NOT NULL, text TEXT NOT NULL, time INTEGER NOT NULL, figures TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX alert_by_time ON alert (time);
        -- The last word about a subject: whether it is raised, since when, and when the rule last raised it or told an event.
        CREATE TABLE alert_state (
            rule TEXT NOT NULL, subject TEXT NOT NULL, is_raised INTEGER NOT NULL, time INTEGER NOT NULL, told INTEGER, alert_id TEXT NOT NULL,
            PRIMARY KEY (rule, subject)) STRICT, WITHOUT ROWID;
        CREATE TABLE alert_delivery (
            alert_id TEXT NOT NULL REFERENCES alert (id) ON DELETE CASCADE, channel TEXT NOT NULL, state INTEGER NOT NULL, attempts INTEGER NOT NULL, reason TEXT, holder TEXT NOT NULL,
            PRIMARY KEY (alert_id, channel)) STRICT, WITHOUT ROWID;
        CREATE INDEX alert_pending ON alert_delivery (channel) WHERE state = 0;
        -- The processes that are at it.
        CREATE TABLE alert_holder (holder TEXT PRIMARY KEY, beat INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """;

    /// <summary>Makes the tables where they are missing; of several processes one does.</summary>
    /// <exception cref="StorageException">The file belongs to another program or a newer version.</exception>
    public static void Prepare(Database database, string path)
    {
        using var transaction = database.Begin();
        var version = database.ReadInt64("PRAGMA user_version");
        if (version == 0 && database.ReadInt64("SELECT count(*) FROM sqlite_schema") == 0)
        {
            database.Execute(Tables);
            database.Execute($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}");
        }
        else if (database.ReadInt64("PRAGMA application_id") != ApplicationId)
        {
            throw new StorageException($"{path} is a SQLite database of another program; move it away.");
        }
        else if (version != Version)
        {
            throw new StorageException($"{path} has schema {version}, made by a newer version of mts; this one knows {Version}. Use the newer program.");
        }

        transaction.Commit();
    }
}
