using Mts.Core.Market;
using SQLitePCL;

namespace Mts.Storage.Sqlite;

/// <summary>A prepared statement; parameters count from 1, columns from 0.</summary>
internal sealed class Statement(Database database, sqlite3_stmt handle) : IDisposable
{
    public int Columns => raw.sqlite3_column_count(handle);

    public Statement Bind(int parameter, long value)
    {
        database.Check(raw.sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, double value)
    {
        database.Check(raw.sqlite3_bind_double(handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, string value)
    {
        database.Check(raw.sqlite3_bind_text(handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        // An empty span has no address, which SQLite would take for NULL.
        database.Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, parameter, 0) : raw.sqlite3_bind_blob(handle, parameter, value));
        return this;
    }

    public Statement BindNull(int parameter)
    {
        database.Check(raw.sqlite3_bind_null(handle, parameter));
        return this;
    }

    /// <summary>Binds all parameters in order.</summary>
    public Statement BindAll(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _ = values[i] switch
            {
                null => BindNull(i + 1),
                string text => Bind(i + 1, text),
                double real => Bind(i + 1, real),
                long integer => Bind(i + 1, integer),
                int integer => Bind(i + 1, integer),
                bool flag => Bind(i + 1, flag ? 1L : 0L),
                Timestamp time => Bind(i + 1, time.Micros),
                DateOnly day => Bind(i + 1, Days.Since1970(day)),
                var other => throw new ArgumentException($"A {other.GetType().Name} cannot be bound.", nameof(values)),
            };
        }

        return this;
    }

    /// <returns>True where there is a row; at the end the statement is reset.</returns>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW) return true;
        if (code == raw.SQLITE_DONE)
        {
            Reset();
            return false;
        }

        try
        {
            database.Check(code);
        }
        finally
        {
            Reset();
        }

        return false;
    }

    public void Reset() => raw.sqlite3_reset(handle);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public long? Int64OrNull(int column) => IsNull(column) ? null : Int64(column);

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(handle, column).ToArray();

    public double Real(int column) => raw.sqlite3_column_double(handle, column);

    public double? RealOrNull(int column) => IsNull(column) ? null : Real(column);

    /// <returns>NaN for NULL.</returns>
    public double RealOrNaN(int column) => IsNull(column) ? double.NaN : Real(column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public Timestamp Time(int column) => new(Int64(column));

    public Timestamp? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    public DateOnly Day(int column) => Days.From(Int64(column));

    public bool Flag(int column) => Int64(column) != 0;

    public void Dispose() => handle.Dispose();
}

/// <summary>Days counted from 1970-01-01, as the store keeps them.</summary>
internal static class Days
{
    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;

    public static long Since1970(DateOnly day) => day.DayNumber - Epoch;

    public static DateOnly From(long days) => DateOnly.FromDayNumber(checked((int)days + Epoch));
}
