using Mts.Core;
using SQLitePCL;

namespace Mts.Storage.Sqlite;

/// <summary>One connection to a SQLite file through the C interface; not safe for use by several threads at once.</summary>
internal sealed class Database : IDisposable
{
    // Older engines have STRICT, row_number and VACUUM INTO too, but nobody has run this code on them.
    private const int OldestEngine = 3_046_000;

    private readonly sqlite3 handle;
    private readonly string path;
    private readonly Dictionary<string, Statement> statements = new(StringComparer.Ordinal);

    static Database() => Batteries_V2.Init();

    private Database(sqlite3 handle, string path) => (this.handle, this.path) = (handle, path);

    public static string EngineVersion => raw.sqlite3_libversion().utf8_to_string();

    /// <summary>Rows changed by the last statement.</summary>
    public int Changes => raw.sqlite3_changes(handle);

    public bool InTransaction => raw.sqlite3_get_autocommit(handle) == 0;

    public long LastId => raw.sqlite3_last_insert_rowid(handle);

    /// <exception cref="StorageException">The library that was loaded is too old.</exception>
    public static void CheckEngine()
    {
        if (raw.sqlite3_libversion_number() < OldestEngine)
            throw new StorageException($"SQLite {EngineVersion} is too old; the e_sqlite3 library that comes with this program was not loaded.");
    }

    /// <param name="path">The file, or a <c>file:</c> URI with <see cref="raw.SQLITE_OPEN_URI"/>.</param>
    /// <param name="flags">SQLITE_OPEN_….</param>
    public static Database Open(string path, int flags)
    {
        var code = raw.sqlite3_open_v2(path, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        var database = new Database(handle, path);
        if (code != raw.SQLITE_OK)
        {
            using (database) throw database.Failure(code, "cannot be opened");
        }

        raw.sqlite3_extended_result_codes(handle, 1);
        return database;
    }

    /// <summary>Keeps a connection from checkpointing, so that the writer alone does.</summary>
    public void NeverCheckpoint()
    {
        Execute("PRAGMA wal_autocheckpoint = 0");
        Check(raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _));
    }

    /// <summary>Runs SQL without parameters, several statements if need be.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(handle, sql));

    /// <summary>The prepared statement of this text, ready for binding; it belongs to the connection.</summary>
    public Statement Prepare(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v2(handle, sql, out var prepared));
            statements[sql] = statement = new Statement(this, prepared);
        }

        statement.Reset();
        return statement;
    }

    /// <summary>Runs one statement to its end.</summary>
    /// <returns>Rows changed.</returns>
    public int Run(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Prepare(sql).BindAll(values);
        while (statement.Step())
        {
        }

        return Changes;
    }

    public List<T> Read<T>(string sql, Func<Statement, T> row, params ReadOnlySpan<object?> values)
    {
        var result = new List<T>();
        var statement = Prepare(sql).BindAll(values);
        while (statement.Step()) result.Add(row(statement));
        return result;
    }

    public long? ReadInt64(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Prepare(sql).BindAll(values);
        long? result = statement.Step() && !statement.IsNull(0) ? statement.Int64(0) : null;
        statement.Reset();
        return result;
    }

    /// <summary>Takes the write lock at once, so that a transaction cannot fail halfway for want of it.</summary>
    public Transaction Begin()
    {
        Run("BEGIN IMMEDIATE");
        return new Transaction(this);
    }

    /// <summary>What is read until it is disposed is the store of one moment, whatever a writer does meanwhile.</summary>
    public Transaction BeginReading()
    {
        Run("BEGIN DEFERRED");
        return new Transaction(this);
    }

    public void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE)) throw Failure(code, "failed");
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values) statement.Dispose();
        statements.Clear();
        handle.Dispose();
    }

    private StorageException Failure(int code, string what)
    {
        var detail = handle.IsInvalid ? raw.sqlite3_errstr(code).utf8_to_string() : raw.sqlite3_errmsg(handle).utf8_to_string();
        return new SqliteFailure(path, code, what, detail).ToException();
    }
}
