using Mts.Core;
using Mts.Storage.Files;
using SQLitePCL;

namespace Mts.Storage.Sqlite;

/// <summary>Copies of the store, and the way back.</summary>
internal static class StoreBackup
{
    public static void Make(Database database, string file)
    {
        if (File.Exists(file)) throw new StorageException($"{file} is there already; give the backup another name.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        Directory.CreateDirectory(folder);
        var fresh = Path.Combine(folder, $".{Path.GetFileName(file)}.new");
        File.Delete(fresh);
        try
        {
            database.Run("VACUUM INTO ?", fresh);
            CheckWhole(fresh);
            Durable.Sync(fresh);
            File.Move(fresh, file, overwrite: false);
            Durable.SyncFolder(folder);
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    /// <summary>The old file stands until the new one takes its name, so a crash leaves one of the two.</summary>
    public static void Restore(string backup, string path, int busyMilliseconds)
    {
        if (!File.Exists(backup)) throw new StorageException($"There is no file {backup}.");
        CheckWhole(backup);
        var fresh = path + ".new";
        File.Copy(backup, fresh, overwrite: true);
        Durable.Sync(fresh);
        if (File.Exists(path)) SetAside(path, busyMilliseconds);
        foreach (var suffix in (string[])["-wal", "-shm"]) File.Delete(path + suffix);
        File.Move(fresh, path, overwrite: true);
        Durable.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    private static void SetAside(string path, int busyMilliseconds)
    {
        EmptyLog(path, busyMilliseconds);
        foreach (var suffix in (string[])["", "-wal"])
        {
            File.Delete(path + ".replaced" + suffix);
            if (!File.Exists(path + suffix)) continue;
            File.Copy(path + suffix, path + ".replaced" + suffix);
            Durable.Sync(path + ".replaced" + suffix);
        }
    }

    // A damaged store has a log that cannot be moved into it; it is set aside beside the file.
    private static void EmptyLog(string path, int busyMilliseconds)
    {
        try
        {
            StoreFile.CheckHeader(path);
            using var database = Database.Open(path, raw.SQLITE_OPEN_READWRITE);
            database.Execute($"PRAGMA busy_timeout = {busyMilliseconds}");
            if (database.ReadInt64("PRAGMA wal_checkpoint(TRUNCATE)") == 1)
                throw new StoreBusyException($"{path} is being read; stop the readers, then restore.");
        }
        catch (CorruptStoreException)
        {
            return;
        }
    }

    private static void CheckWhole(string file)
    {
        StoreFile.CheckHeader(file);
        using var database = Database.Open(file, raw.SQLITE_OPEN_READONLY);
        StoreFile.CheckOwner(database, file);
        Migrations.Embedded.CheckApplied(database, file);
        if (StoreOpening.CheckIntegrity(database) is [var first, ..])
            throw new CorruptStoreException($"{file} is damaged ({first}); use another backup.");
    }
}
