using Mts.Core;
using SQLitePCL;

namespace Mts.Storage.Sqlite;

/// <summary>A result code of SQLite, in words that say what to do.</summary>
internal readonly record struct SqliteFailure(string Path, int Code, string What, string Detail)
{
    public StorageException ToException() => (Code & 0xff) switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
            new StoreBusyException($"{Path}: another program holds a lock on it ({Detail}); close that program and try again."),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB =>
            new CorruptStoreException($"{Path} is damaged ({Detail}). Keep the file, then restore a backup with `mts data restore FILE`."),
        raw.SQLITE_FULL => new SqliteCodeException($"{Path}: the disk is full, the transaction was undone; free space and run the command again.", Code),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN or raw.SQLITE_AUTH =>
            new SqliteCodeException($"{Path} {What}: {Detail}; check the permissions of the file and its folder.", Code),
        _ => new SqliteCodeException($"{Path} {What}: {Detail} (SQLite {Code}).", Code),
    };
}

/// <summary>The file is no sound database.</summary>
internal sealed class CorruptStoreException(string message) : StorageException(message);

/// <param name="message">What happened.</param>
/// <param name="code">SQLite's extended result code.</param>
internal sealed class SqliteCodeException(string message, int code) : StorageException(message)
{
    public int Code { get; } = code;
}
