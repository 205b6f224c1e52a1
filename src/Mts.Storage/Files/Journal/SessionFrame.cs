using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Mts.Core.Ports;

namespace Mts.Storage.Files.Journal;

/// <summary>The frame of one record in a session's journal.</summary>
/// <remarks>
/// A file starts with eight bytes of magic. A record is a head of 17 bytes (payload length u32, number u64, kind u8, CRC-32C of these 13, all little endian),
/// the payload, and 16 bytes of seal: the first half of SHA-256 over the whole seal before, head and payload. The head's own checksum tells a changed
/// length from a record that was cut off; the chain of seals tells every other change, exchange or loss.
/// </remarks>
internal static class SessionFrame
{
    public const int HeadBytes = 17;
    public const int SealBytes = 16;

    /// <summary>More than any record needs; a greater length is damage.</summary>
    public const int MostPayload = 16 * 1024 * 1024;

    public static ReadOnlySpan<byte> Magic => "MTSSES1\n"u8;

    /// <summary>The seal before the first record.</summary>
    public static byte[] FirstSeal() => SHA256.HashData(Magic);

    public static void WriteHead(Span<byte> head, int length, long number, SessionRecordKind kind)
    {
        BinaryPrimitives.WriteInt32LittleEndian(head, length);
        BinaryPrimitives.WriteInt64LittleEndian(head[4..], number);
        head[12] = (byte)kind;
        BinaryPrimitives.WriteUInt32LittleEndian(head[13..], Checksum(head[..13]));
    }

    /// <returns>False where the head is not as it was written.</returns>
    public static bool TryReadHead(ReadOnlySpan<byte> head, out int length, out long number, out SessionRecordKind kind)
    {
        length = BinaryPrimitives.ReadInt32LittleEndian(head);
        number = BinaryPrimitives.ReadInt64LittleEndian(head[4..]);
        kind = (SessionRecordKind)head[12];
        return BinaryPrimitives.ReadUInt32LittleEndian(head[13..]) == Checksum(head[..13]) && length is >= 0 and <= MostPayload;
    }

    /// <summary>Moves the chain on over one record.</summary>
    public static void Seal(IncrementalHash hash, byte[] seal, ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload)
    {
        hash.AppendData(seal);
        hash.AppendData(head);
        hash.AppendData(payload);
        hash.GetHashAndReset(seal);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
