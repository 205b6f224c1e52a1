using System.Runtime.InteropServices;
using System.Text;
using Mts.Core.Market;
using Microsoft.Win32.SafeHandles;

namespace Mts.Storage.Files.Columns;

/// <summary>A whole series as a file of columns, to be read as fast as memory allows. It is a copy: one that is not whole, or not of the present state, is no file at all.</summary>
internal static class ColumnFile
{
    /// <summary>Appears under its name when it is complete; a crash leaves the one before, or none.</summary>
    /// <exception cref="IOException">It cannot be written, or another process is writing it.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static void Write(string path, BarSeries series, byte[] stamp)
    {
        var header = new ColumnHeader(series.Key, series.HasVolume, series.Length, stamp, ChunksOf(series));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var fresh = path + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1))
        {
            file.Write(header.ToBytes());
            file.Write(MemoryMarshal.AsBytes(series.OpenTimes));
            foreach (var column in (ReadOnlySpan<int>)[0, 1, 2, 3, 4]) file.Write(MemoryMarshal.AsBytes(ColumnOf(series, column)));
        }

        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>The bars with <paramref name="from"/> ≤ open time &lt; <paramref name="until"/>; null where the file is not there, damaged, of another series or of another state of the store.</summary>
    public static BarSeries? TryRead(string path, SeriesKey key, byte[] stamp, Timestamp from, Timestamp until)
    {
        if (!BitConverter.IsLittleEndian || !File.Exists(path)) return null;
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return ReadHeader(file, key, stamp) is { } header && RandomAccess.GetLength(file) == header.FileLength ? Read(file, header, from, until) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static BarSeries? Read(SafeFileHandle file, ColumnHeader header, Timestamp from, Timestamp until)
    {
        // The chunks that the range touches: from the last one that begins before it to the last one that begins in it.
        var chunks = header.Chunks;
        var (first, end) = (0, chunks.Length);
        while (first + 1 < end && chunks[first + 1].FirstTime <= from.Micros) first++;
        while (end > first + 1 && chunks[end - 1].FirstTime >= until.Micros) end--;
        var (start, rows) = (first * ColumnHeader.ChunkRows, Math.Min(header.Rows, end * ColumnHeader.ChunkRows) - (first * ColumnHeader.ChunkRows));
        var times = LargeArray.Allocate<long>(rows);
        var isWhole = Fill(file, header, 0, start, MemoryMarshal.AsBytes(times.AsSpan()));
        var columns = new double[ColumnChunk.Columns - 1][];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = LargeArray.Allocate<double>(rows);
            isWhole &= Fill(file, header, i + 1, start, MemoryMarshal.AsBytes(columns[i].AsSpan()));
        }

        for (var chunk = first; chunk < end && isWhole; chunk++)
        {
            var at = (chunk - first) * ColumnHeader.ChunkRows;
            var count = Math.Min(rows - at, ColumnHeader.ChunkRows);
            isWhole = chunks[chunk] == ColumnChunk.Of(
                times.AsSpan(at, count), columns[0].AsSpan(at, count), columns[1].AsSpan(at, count), columns[2].AsSpan(at, count), columns[3].AsSpan(at, count), columns[4].AsSpan(at, count));
        }

        if (!isWhole) return null;
        var series = new BarSeries(header.Key, header.HasVolume, rows, times, columns[0], columns[1], columns[2], columns[3], columns[4]);
        return from.Micros <= times[0] && until.Micros > times[^1] ? series : series.Slice(from, until);
    }

    private static ColumnHeader? ReadHeader(SafeFileHandle file, SeriesKey key, byte[] stamp)
    {
        Span<byte> rows = stackalloc byte[12];
        if (RandomAccess.Read(file, rows, 0) < rows.Length) return null;
        var length = ColumnHeader.LengthOf(Encoding.UTF8.GetByteCount(key.ToString()), Math.Max(0, BitConverter.ToInt32(rows[8..])));
        if (length > RandomAccess.GetLength(file)) return null;
        var bytes = new byte[length];
        return RandomAccess.Read(file, bytes, 0) == length ? ColumnHeader.Read(bytes, key, stamp) : null;
    }

    private static bool Fill(SafeFileHandle file, ColumnHeader header, int column, int start, Span<byte> bytes)
    {
        var offset = header.Length + ((((long)column * header.Rows) + start) * sizeof(long));
        while (!bytes.IsEmpty)
        {
            var read = RandomAccess.Read(file, bytes, offset);
            if (read == 0) return false;
            bytes = bytes[read..];
            offset += read;
        }

        return true;
    }

    private static ColumnChunk[] ChunksOf(BarSeries series)
    {
        var chunks = new ColumnChunk[ColumnHeader.ChunksOf(series.Length)];
        for (var i = 0; i < chunks.Length; i++)
        {
            var at = i * ColumnHeader.ChunkRows;
            var end = Math.Min(series.Length, at + ColumnHeader.ChunkRows);
            chunks[i] = ColumnChunk.Of(series.OpenTimes[at..end], series.Opens[at..end], series.Highs[at..end], series.Lows[at..end], series.Closes[at..end], series.Volumes[at..end]);
        }

        return chunks;
    }

    private static ReadOnlySpan<double> ColumnOf(BarSeries series, int column) => column switch
    {
        0 => series.Opens, 1 => series.Highs, 2 => series.Lows, 3 => series.Closes, _ => series.Volumes,
    };
}
