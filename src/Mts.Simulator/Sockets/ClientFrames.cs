using System.Buffers.Binary;

namespace Mts.Simulator.Sockets;

/// <summary>Reads the frames of a client: masked, perhaps in fragments. RFC 6455.</summary>
internal sealed class ClientFrames(Stream stream)
{
    private const int Most = 1 << 20;

    private byte[] buffer = new byte[4_096];
    private byte[] message = [];
    private int start;
    private int end;

    /// <summary>The next whole message or control frame; null at the end of the stream or where the client breaks the protocol.</summary>
    public async Task<(int Opcode, byte[] Payload)?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!await HaveAsync(2, cancellationToken)) return null;
            var (first, second) = (buffer[start], buffer[start + 1]);
            var isMasked = (second & 0x80) != 0;
            var lengthBytes = (second & 0x7F) switch { 126 => 2, 127 => 8, _ => 0 };
            if (!isMasked || (first & 0x70) != 0 || !await HaveAsync(2 + lengthBytes + 4, cancellationToken)) return null;
            var size = Size(second & 0x7F);
            if (size is < 0 or > Most || message.Length + size > Most || !await HaveAsync(6 + lengthBytes + (int)size, cancellationToken)) return null;
            var payload = Unmask(start + 2 + lengthBytes, (int)size);
            start += 6 + lengthBytes + (int)size;
            var opcode = first & 0x0F;
            if (opcode >= 8) return (opcode, payload);
            if (opcode != 0) (fragmented, message) = (opcode, payload);
            else message = [.. message, .. payload];
            if ((first & 0x80) == 0) continue;
            payload = message;
            message = [];
            return (fragmented, payload);
        }
    }

    private int fragmented;

    private long Size(int seven) => seven switch
    {
        126 => BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(start + 2)),
        127 => BinaryPrimitives.ReadInt64BigEndian(buffer.AsSpan(start + 2)),
        _ => seven,
    };

    private byte[] Unmask(int mask, int size)
    {
        var payload = new byte[size];
        for (var i = 0; i < size; i++) payload[i] = (byte)(buffer[mask + 4 + i] ^ buffer[mask + (i & 3)]);
        return payload;
    }

    private async Task<bool> HaveAsync(int count, CancellationToken cancellationToken)
    {
        while (end - start < count)
        {
            if (start > 0)
            {
                Array.Copy(buffer, start, buffer, 0, end - start);
                (start, end) = (0, end - start);
            }

            if (buffer.Length < count) Array.Resize(ref buffer, count);
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
            if (read == 0) return false;
            end += read;
        }

        return true;
    }
}
