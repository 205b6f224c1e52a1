using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mts.Storage.Files.Columns;

/// <summary>Some thousand rows of a file of columns: the first open time, and a check sum of each column.</summary>
internal readonly record struct ColumnChunk(long FirstTime, uint Times, uint Opens, uint Highs, uint Lows, uint Closes, uint Volumes)
{
    public const int Columns = 6;
    public const int Bytes = sizeof(long) + (Columns * sizeof(uint));

    /// <summary>CRC-32C (RFC 3720, B.4) of each column; all six go on at once, for a processor takes longer to finish one step than to begin it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ColumnChunk Of(ReadOnlySpan<long> times, ReadOnlySpan<double> opens, ReadOnlySpan<double> highs, ReadOnlySpan<double> lows, ReadOnlySpan<double> closes, ReadOnlySpan<double> volumes)
    {
        var rows = times.Length;
        var o = Words(opens)[..rows];
        var h = Words(highs)[..rows];
        var l = Words(lows)[..rows];
        var c = Words(closes)[..rows];
        var v = Words(volumes)[..rows];
        uint st = uint.MaxValue, so = st, sh = st, sl = st, sc = st, sv = st;
        for (var i = 0; i < rows; i++)
        {
            st = BitOperations.Crc32C(st, (ulong)times[i]);
            so = BitOperations.Crc32C(so, o[i]);
            sh = BitOperations.Crc32C(sh, h[i]);
            sl = BitOperations.Crc32C(sl, l[i]);
            sc = BitOperations.Crc32C(sc, c[i]);
            sv = BitOperations.Crc32C(sv, v[i]);
        }

        return new ColumnChunk(times[0], ~st, ~so, ~sh, ~sl, ~sc, ~sv);
    }

    public static ColumnChunk Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadInt64LittleEndian(bytes), Sum(bytes, 0), Sum(bytes, 1), Sum(bytes, 2), Sum(bytes, 3), Sum(bytes, 4), Sum(bytes, 5));

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, FirstTime);
        ReadOnlySpan<uint> sums = [Times, Opens, Highs, Lows, Closes, Volumes];
        for (var i = 0; i < Columns; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes[(sizeof(long) + (i * sizeof(uint)))..], sums[i]);
    }

    private static uint Sum(ReadOnlySpan<byte> bytes, int column) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[(sizeof(long) + (column * sizeof(uint)))..]);

    private static ReadOnlySpan<ulong> Words(ReadOnlySpan<double> column) => MemoryMarshal.Cast<double, ulong>(column);
}
