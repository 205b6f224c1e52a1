using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Mts.Core.Market;

namespace Mts.Storage.Sqlite;

/// <summary>
/// SHA-256 over bars in time order. Per bar 48 bytes, little-endian: open time in microseconds (int64), then open, high, low, close and
/// volume (IEEE 754 double); a missing volume is the NaN 0x7FF8000000000000, and minus zero counts as zero.
/// </summary>
internal sealed class RowsHasher : IDisposable
{
    private const int RowsPerBlock = 256;
    private const int Words = 6;
    private static readonly long Missing = 0x7FF8000000000000;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly long[] block = new long[RowsPerBlock * Words];
    private int used;

    public long Rows { get; private set; }

    public void Add(in Bar bar) => Add(bar.OpenTime.Micros, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume);

    public void Add(long openTime, double open, double high, double low, double close, double volume)
    {
        if (used == block.Length) Flush();
        var row = block.AsSpan(used, Words);
        row[5] = Bits(volume);
        row[4] = Bits(close);
        row[3] = Bits(low);
        row[2] = Bits(high);
        row[1] = Bits(open);
        row[0] = BitConverter.IsLittleEndian ? openTime : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(openTime);
        used += Words;
        Rows++;
    }

    /// <returns>Lower-case hex; the hasher starts anew.</returns>
    public string Finish()
    {
        Flush();
        Rows = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Dispose() => hash.Dispose();

    private static long Bits(double value)
    {
        var bits = double.IsNaN(value) ? Missing : BitConverter.DoubleToInt64Bits(value + 0.0);
        return BitConverter.IsLittleEndian ? bits : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(bits);
    }

    private void Flush()
    {
        hash.AppendData(MemoryMarshal.AsBytes(block.AsSpan(0, used)));
        used = 0;
    }
}
