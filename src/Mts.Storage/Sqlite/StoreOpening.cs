using Mts.Core;
using SQLitePCL;

namespace Mts.Storage.Sqlite;

/// <summary>How connections are opened: the writer's with the right to checkpoint, the readers' without.</summary>
internal static class StoreOpening
{
    public static Database Writer(string path, TimeProvider clock, int busyMilliseconds)
    {
        Database.CheckEngine();
        if (!File.Exists(path)) StoreFile.Create(path, Migrations.Embedded, clock);
        StoreFile.CheckHeader(path);
        return Guarded(Database.Open(path, raw.SQLITE_OPEN_READWRITE), database =>
        {
            database.Execute($"PRAGMA busy_timeout = {busyMilliseconds}");
            StoreFile.CheckOwner(database, path);
            Migrations.Embedded.CheckApplied(database, path);
            // The log is moved every 32 MB; a cache of 64 MB keeps an import's pages from being written twice.
            database.Execute(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 4096; " +
                "PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY");
            Migrations.Embedded.Apply(database, path, clock);
        });
    }

    public static Database Reader(string path, int busyMilliseconds)
    {
        Database.CheckEngine();
        if (!File.Exists(path))
            throw new StorageException($"There is no store at {path}; `mts collect` or `mts data import` makes one, --data-dir names another folder.");
        StoreFile.CheckHeader(path);
        try
        {
            return Reader(path, raw.SQLITE_OPEN_READONLY, path, busyMilliseconds);
        }
        catch (SqliteCodeException e) when ((e.Code & 0xff) is raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY && StoreFile.Size(path + "-wal") == 0)
        {
            // A folder that cannot be written has no place for the log's index; without a log the file alone is the whole store.
            return Reader(new Uri(Path.GetFullPath(path)).AbsoluteUri + "?immutable=1", raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI, path, busyMilliseconds);
        }
    }

    /// <returns>What SQLite finds wrong; empty for nothing.</returns>
    public static IReadOnlyList<string> CheckIntegrity(Database database)
    {
        try
        {
            var lines = database.Read("PRAGMA integrity_check", r => r.Text(0));
            return lines is ["ok"] ? [] : lines;
        }
        catch (CorruptStoreException e)
        {
            return [e.Message];
        }
    }

    private static Database Reader(string name, int flags, string path, int busyMilliseconds) => Guarded(Database.Open(name, flags), database =>
    {
        database.Execute($"PRAGMA busy_timeout = {busyMilliseconds}; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY");
        database.NeverCheckpoint();
        StoreFile.CheckOwner(database, path);
        if (Migrations.Embedded.CheckApplied(database, path) < Migrations.Embedded.Steps.Count)
            throw new StorageException($"{path} has an older schema; run a command that writes once (`mts collect`, `mts data import`), which brings it up to date.");
    });

    private static Database Guarded(Database database, Action<Database> prepare)
    {
        try
        {
            prepare(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
