using System.Buffers.Binary;
using System.Text;

namespace Mts.UnitTests.Adapters.Streams;

/// <summary>Writes frames as a server does, after the picture in RFC 6455, 5.2.</summary>
internal static class ServerFrames
{
    public static byte[] Text(string text) => Frame(0x81, Encoding.UTF8.GetBytes(text));

    public static byte[] Frame(byte first, ReadOnlySpan<byte> payload)
    {
        byte[] header = payload.Length switch
        {
            < 126 => [first, (byte)payload.Length],
            <= 65_535 => [first, 126, (byte)(payload.Length >> 8), (byte)payload.Length],
            _ => [first, 127, .. Long(payload.Length)],
        };
        return [.. header, .. payload];
    }

    /// <summary>One message in pieces of the given lengths, the rest in the last.</summary>
    public static byte[] Fragments(byte[] message, params IEnumerable<int> lengths)
    {
        var bytes = new List<byte>();
        var (at, first) = (0, (byte)0x01);
        foreach (var length in lengths)
        {
            bytes.AddRange(Frame(first, message.AsSpan(at, length)));
            (at, first) = (at + length, 0x00);
        }

        bytes.AddRange(Frame((byte)(first | 0x80), message.AsSpan(at)));
        return [.. bytes];
    }

    private static byte[] Long(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }
}
