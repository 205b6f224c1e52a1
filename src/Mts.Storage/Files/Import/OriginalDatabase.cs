using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Quality;

namespace Mts.Storage.Files.Import;

/// <summary>Reads the SQLite database of the first version of the system (<c>data/crypto_data.db</c>); the file is not changed.</summary>
public static class OriginalDatabase
{
    public static bool IsDatabase(string path)
    {
        try
        {
            Span<byte> start = stackalloc byte[16];
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
            return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("SQLite format 3\0"u8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataValidationException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <param name="path">The database.</param>
    /// <param name="asOf">When the file was taken, or now; later rows are refused.</param>
    /// <exception cref="DataValidationException">The file cannot be read, or has none of the tables.</exception>
    public static OriginalImport Read(string path, Timestamp asOf)
    {
        try
        {
            var tables = new OriginalTables(Identity(path), isTruncated: false, asOf);
            using var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            database.Open();
            var names = Names(database);
            if (!names.Overlaps(["crypto_ohlcv", "macro_indicators", "funding_rates"]))
                throw new DataValidationException($"{Path.GetFileName(path)} has none of the tables crypto_ohlcv, macro_indicators, funding_rates; it has {string.Join(", ", names.Order())}.");
            if (names.Contains("crypto_ohlcv")) ReadPrices(database, tables);
            if (names.Contains("macro_indicators")) ReadMacro(database, tables);
            if (names.Contains("funding_rates")) ReadFunding(database, tables);
            return tables.Build();
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or InvalidCastException or OverflowException)
        {
            throw new DataValidationException($"{path} cannot be read as a database of the first version: {e.Message}", e);
        }
    }

    private static ImportedFile Identity(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
        return new ImportedFile(Path.GetFileName(path), Convert.ToHexStringLower(SHA256.HashData(file)), file.Length);
    }

    private static HashSet<string> Names(SqliteConnection database)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Query(database, "select name from sqlite_master where type = 'table'", row => names.Add(row.GetString(0)));
        return names;
    }

    private static void ReadPrices(SqliteConnection database, OriginalTables tables) =>
        Query(database, "select id, cryptocurrency, timestamp, close, volume from crypto_ohlcv order by id", row => tables.AddPrice(
            row.GetInt32(0), Text(row), row.GetString(1), Timestamp.FromEpoch(row.GetInt64(2)), row.GetDouble(3), row.GetDouble(4)));

    private static void ReadMacro(SqliteConnection database, OriginalTables tables) =>
        Query(database, "select id, indicator, date, value, is_interpolated, is_forward_filled from macro_indicators order by id", row => tables.AddMacro(
            row.GetInt32(0), Text(row), row.GetString(1), DayOf(row.GetString(2)), row.IsDBNull(3) ? null : row.GetDouble(3), row.GetBoolean(4), row.GetBoolean(5)));

    private static void ReadFunding(SqliteConnection database, OriginalTables tables) =>
        Query(database, "select id, exchange, symbol, timestamp, funding_rate, funding_time from funding_rates order by id", row => tables.AddFunding(
            row.GetInt32(0), Text(row), row.GetString(1), row.GetString(2),
            new FundingRow(Timestamp.FromEpoch(row.GetInt64(3)), row.GetDouble(4), Timestamp.FromEpoch(row.GetInt64(5)))));

    private static DateOnly DayOf(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new DataValidationException($"'{text}' in macro_indicators is no date.");

    private static string Text(SqliteDataReader row)
    {
        var values = new object[row.FieldCount];
        row.GetValues(values);
        return string.Join(',', values.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture)));
    }

    private static void Query(SqliteConnection database, string sql, Action<SqliteDataReader> action)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        while (row.Read()) action(row);
    }
}
