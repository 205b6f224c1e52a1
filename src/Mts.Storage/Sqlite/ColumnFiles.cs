using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mts.Core.Market;
using Mts.Storage.Files.Columns;

namespace Mts.Storage.Sqlite;

/// <summary>Long series as files of columns beside the database, <c>columns/*.bars</c>: copies for those who read all of a series again and again. They may be deleted at any time.</summary>
internal sealed class ColumnFiles(Database database, SeriesTable seriesTable, BarTable bars, string dataDir)
{
    // A shorter series is read from the database in the time that it takes to look.
    private const int Fewest = 20_000;

    /// <summary>As <see cref="BarTable.Read"/>, from the file where it is of the bars that are stored now; where it is not, and most of the series is asked for, the file is made anew.</summary>
    public BarSeries Read(SeriesKey key, Timestamp from, Timestamp until)
    {
        using var moment = database.BeginReading();
        if (seriesTable.Find(key) is not { } series) return bars.Read(key, from, until);
        var rows = database.ReadInt64("SELECT sum(rows) FROM segment WHERE series_id = ?", series.Id) ?? 0;
        if (rows < Fewest) return bars.Read(key, from, until);
        var (path, stamp) = (PathOf(series), Stamp(series));
        if (ColumnFile.TryRead(path, key, stamp, from, until) is { } kept) return kept;
        var read = bars.Read(key, from, until);
        if (read.Length >= rows / 2) Keep(path, read.Length == rows ? read : bars.Read(key, Timestamp.MinValue, Timestamp.MaxValue), stamp);
        return read;
    }

    // A folder that is full or may not be written costs time, nothing else.
    private static void Keep(string path, BarSeries whole, byte[] stamp)
    {
        try
        {
            if (BitConverter.IsLittleEndian) ColumnFile.Write(path, whole, stamp);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Of the state of a series: each change of its bars changes a segment's rows or the hash of them.</summary>
    private byte[] Stamp(StoredSeries series)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{series.Key} {series.HasVolume}\n");
        foreach (var line in database.Read(
            "SELECT id, first_time, last_time, rows, rows_hash FROM segment WHERE series_id = ? ORDER BY id",
            r => $"{r.Int64(0)} {r.Int64(1)} {r.Int64(2)} {r.Int64(3)} {r.Text(4)}\n", series.Id)) text.Append(line);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private string PathOf(StoredSeries series)
    {
        var key = series.Key;
        var name = string.Create(CultureInfo.InvariantCulture, $"{series.Id}-{key.Venue}-{key.Symbol.Compact}-{key.Interval}.bars");
        return Path.Combine(dataDir, "columns", string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_')));
    }
}
