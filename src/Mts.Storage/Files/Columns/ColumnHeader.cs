using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Mts.Core.Market;

namespace Mts.Storage.Files.Columns;

/// <summary>The front of a file of columns: what it is of, which state of the store it was made of, and the check sums of its parts.</summary>
/// <remarks>
/// Little-endian. "MTSCOLS1", rows (int32), rows in a chunk (int32), 1 where there is volume (int32), bytes of the series' name (int32), the store's stamp (32 bytes),
/// the name (UTF-8); for each chunk its first open time (int64) and the CRC-32C of its part of each of the six columns (uint32); the CRC-32C of all that (uint32);
/// zeros up to a multiple of 4,096. Then the columns, eight bytes a row: open time in microseconds, open, high, low, close, volume.
/// </remarks>
internal sealed record ColumnHeader(SeriesKey Key, bool HasVolume, int Rows, byte[] Stamp, ColumnChunk[] Chunks)
{
    public const int ChunkRows = 16_384;
    public const int StampBytes = 32;
    private const int FixedBytes = 24 + StampBytes;
    private const int Alignment = 4_096;

    private static ReadOnlySpan<byte> Magic => "MTSCOLS1"u8;

    /// <summary>Where the columns begin.</summary>
    public long Length => LengthOf(Encoding.UTF8.GetByteCount(Key.ToString()), Rows);

    public long FileLength => Length + ((long)ColumnChunk.Columns * sizeof(long) * Rows);

    public byte[] ToBytes()
    {
        var name = Encoding.UTF8.GetBytes(Key.ToString());
        var bytes = new byte[Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Rows);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), ChunkRows);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), HasVolume ? 1 : 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(20), name.Length);
        Stamp.CopyTo(bytes, 24);
        name.CopyTo(bytes, FixedBytes);
        var at = FixedBytes + name.Length;
        foreach (var chunk in Chunks)
        {
            chunk.Write(bytes.AsSpan(at));
            at += ColumnChunk.Bytes;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), Sum(bytes.AsSpan(0, at)));
        return bytes;
    }

    /// <returns>Null where the bytes are no header, damaged, of another series or of another state of the store.</returns>
    /// <param name="bytes">The file from its beginning, the whole header in it.</param>
    /// <param name="key">The series that is looked for.</param>
    /// <param name="stamp">The store's state.</param>
    public static ColumnHeader? Read(ReadOnlySpan<byte> bytes, SeriesKey key, ReadOnlySpan<byte> stamp)
    {
        var name = Encoding.UTF8.GetBytes(key.ToString());
        if (bytes.Length < FixedBytes + name.Length || !bytes.StartsWith(Magic) || !bytes.Slice(24, StampBytes).SequenceEqual(stamp)) return null;
        var rows = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (rows <= 0 || BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]) != ChunkRows || BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]) != name.Length) return null;
        if (!bytes.Slice(FixedBytes, name.Length).SequenceEqual(name) || bytes.Length < LengthOf(name.Length, rows)) return null;
        var (at, chunks) = (FixedBytes + name.Length, new ColumnChunk[ChunksOf(rows)]);
        for (var i = 0; i < chunks.Length; i++, at += ColumnChunk.Bytes) chunks[i] = ColumnChunk.Read(bytes[at..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) != Sum(bytes[..at])) return null;
        return new ColumnHeader(key, BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]) == 1, rows, stamp.ToArray(), chunks);
    }

    /// <summary>Bytes of a header of so many rows; to know how much to read.</summary>
    public static long LengthOf(int nameBytes, int rows) =>
        (FixedBytes + nameBytes + ((long)ChunksOf(rows) * ColumnChunk.Bytes) + sizeof(uint) + Alignment - 1) / Alignment * Alignment;

    public static int ChunksOf(int rows) => (int)(((long)rows + ChunkRows - 1) / ChunkRows);

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var b in bytes) sum = BitOperations.Crc32C(sum, b);
        return ~sum;
    }
}
