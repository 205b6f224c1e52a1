using System.Buffers.Binary;
using Mts.Core;
using Mts.Storage.Files;
using SQLitePCL;

namespace Mts.Storage.Sqlite;

/// <summary>The database file of a data folder: made whole, opened with suspicion.</summary>
internal static class StoreFile
{
    public const string Name = "crypto_data.db";

    /// <summary>"MTS1" in the file's header tells our files from anybody else's.</summary>
    public const int ApplicationId = 0x4D545331;

    public static string In(string dataDir) => Path.Combine(dataDir, Name);

    /// <summary>Makes the file under another name first: a crash leaves no half-made store.</summary>
    public static void Create(string path, Migrations migrations, TimeProvider clock)
    {
        if (Size(path + "-wal") > 0)
            throw new StorageException($"{path} is gone, but its log {path}-wal is there; put the file back or restore a backup with `mts data restore FILE`.");
        var fresh = path + ".new";
        foreach (var leftover in (string[])[fresh, fresh + "-wal", fresh + "-shm", fresh + "-journal"]) File.Delete(leftover);
        using (var database = Database.Open(fresh, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE))
        {
            // Larger pages mean fewer of them to journal; a bar row takes about sixty bytes.
            database.Execute($"PRAGMA page_size = 8192; PRAGMA application_id = {ApplicationId}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
            migrations.Apply(database, fresh, clock);
        }

        File.Move(fresh, path);
        Durable.SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Refuses what cannot be a whole SQLite file before SQLite touches it.</summary>
    /// <exception cref="StorageException">Empty, cut, or no SQLite file.</exception>
    public static void CheckHeader(string path)
    {
        Span<byte> header = stackalloc byte[100];
        using var file = Open(path);
        if (file.Length == 0)
            throw new CorruptStoreException($"{path} is empty (zero bytes): something has destroyed it. Restore a backup with `mts data restore FILE`, or remove the file to start anew.");
        if (file.ReadAtLeast(header, 100, throwOnEndOfStream: false) < 100 || !header.StartsWith("SQLite format 3\0"u8))
            throw new CorruptStoreException($"{path} is no SQLite database; move it away, or restore a backup with `mts data restore FILE`.");
        var pageSize = BinaryPrimitives.ReadUInt16BigEndian(header[16..]) is var size && size == 1 ? 65_536L : size;
        var pages = BinaryPrimitives.ReadUInt32BigEndian(header[28..]);
        // With a log beside it the file may rightly be shorter than its header says; the log is looked at before the length, for a writer may just be emptying it.
        var hasLog = Size(path + "-wal") > 0;
        var length = file.Length;
        if (length < pages * pageSize && !hasLog)
            throw new CorruptStoreException($"{path} is cut off: {length} bytes of {pages * pageSize}. Restore a backup with `mts data restore FILE`.");
    }

    /// <summary>Refuses databases of other programs.</summary>
    public static void CheckOwner(Database database, string path)
    {
        if (database.ReadInt64("PRAGMA application_id") == ApplicationId) return;
        throw new StorageException(
            $"{path} is a SQLite database of another program (no Mts mark in its header); move it away. The original system's database is read with `mts data import FILE`.");
    }

    public static long Size(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
