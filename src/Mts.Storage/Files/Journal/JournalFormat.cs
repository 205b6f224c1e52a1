using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Storage.Files.Journal;

/// <summary>
/// A segment is a head of 32 bytes (<c>MTSJ</c>, version, first sequence number, time of opening, check sum) and records, one behind the other.
/// A record is its length, the CRC-32C of all that follows, sequence number, time, value, feed, number, kind (a byte), how many records of the same write
/// stand before it (three bytes), and the bytes. Little endian.
/// </summary>
/// <remarks>A write begins when all before it is on the disk. So a whole record tells what was there when it was written, whatever became of its neighbours.</remarks>
internal static class JournalFormat
{
    public const int SegmentHead = 32;
    public const int RecordHead = 44;
    public const string Extension = ".mtsj";

    /// <summary>No record is longer; a length beyond this is damage.</summary>
    public const int MaxRecord = 128 * 1_024 * 1_024;

    private const int SequenceAt = 8;
    private const int KindAt = 40;
    // Version 1 does not say how records were written; each counts as a write of its own.
    private const uint Version = 2;

    public static ReadOnlySpan<byte> Magic => "MTSJ"u8;

    public static void WriteSegmentHead(Span<byte> head, long firstSequence, Timestamp opened)
    {
        head[..SegmentHead].Clear();
        Magic.CopyTo(head);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], firstSequence);
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], opened.Micros);
        BinaryPrimitives.WriteUInt32LittleEndian(head[28..], Checksum(head[..28]));
    }

    /// <returns>False where it is not whole.</returns>
    public static bool TryReadSegmentHead(ReadOnlySpan<byte> head, out long firstSequence, out Timestamp opened)
    {
        (firstSequence, opened) = (0, default);
        if (head.Length < SegmentHead || !head.StartsWith(Magic) || BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) is not (1 or Version)) return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(head[28..]) != Checksum(head[..28])) return false;
        firstSequence = BinaryPrimitives.ReadInt64LittleEndian(head[8..]);
        opened = new Timestamp(BinaryPrimitives.ReadInt64LittleEndian(head[16..]));
        return true;
    }

    /// <param name="record">Where it goes.</param>
    /// <param name="sequence">Its number.</param>
    /// <param name="before">Records of the same write before it.</param>
    /// <param name="input">What happened.</param>
    /// <param name="bytes">Its bytes.</param>
    public static void WriteRecord(Span<byte> record, long sequence, int before, in FeedInput input, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(record, RecordHead + bytes.Length);
        BinaryPrimitives.WriteInt64LittleEndian(record[SequenceAt..], sequence);
        BinaryPrimitives.WriteInt64LittleEndian(record[16..], input.Time.Micros);
        BinaryPrimitives.WriteInt64LittleEndian(record[24..], input.Value);
        BinaryPrimitives.WriteInt32LittleEndian(record[32..], input.Feed);
        BinaryPrimitives.WriteInt32LittleEndian(record[36..], input.Number);
        BinaryPrimitives.WriteUInt32LittleEndian(record[KindAt..], (uint)input.Kind | ((uint)before << 8));
        bytes.CopyTo(record[RecordHead..]);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], Checksum(record[SequenceAt..(RecordHead + bytes.Length)]));
    }

    /// <returns>Length of the record that begins here; 0 while that is not known, −1 where it is none.</returns>
    public static int LengthOf(ReadOnlySpan<byte> start)
    {
        if (start.Length < 4) return 0;
        var length = BinaryPrimitives.ReadInt32LittleEndian(start);
        return length is < RecordHead or > MaxRecord ? -1 : length;
    }

    /// <returns>False where a bit has changed.</returns>
    public static bool TryReadRecord(ReadOnlySpan<byte> record, out long sequence, out FeedInput input)
    {
        sequence = BinaryPrimitives.ReadInt64LittleEndian(record[SequenceAt..]);
        input = new FeedInput(
            BinaryPrimitives.ReadInt32LittleEndian(record[32..]),
            (FeedInputKind)record[KindAt],
            BinaryPrimitives.ReadInt32LittleEndian(record[36..]),
            new Timestamp(BinaryPrimitives.ReadInt64LittleEndian(record[16..])),
            BinaryPrimitives.ReadInt64LittleEndian(record[24..]));
        return BinaryPrimitives.ReadUInt32LittleEndian(record[4..]) == Checksum(record[SequenceAt..]);
    }

    /// <summary>All up to this number was on the disk when the record was written.</summary>
    public static long DurableBefore(ReadOnlySpan<byte> record) =>
        BinaryPrimitives.ReadInt64LittleEndian(record[SequenceAt..]) - (BinaryPrimitives.ReadUInt32LittleEndian(record[KindAt..]) >> 8) - 1;

    /// <summary>CRC-32C (Castagnoli), as iSCSI has it: RFC 3720, appendix B.4.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words) crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        foreach (var b in bytes[(words.Length * sizeof(ulong))..]) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
