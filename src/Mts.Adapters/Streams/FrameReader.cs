using System.Buffers.Binary;

namespace Mts.Adapters.Streams;

internal enum FrameKind
{
    /// <summary>Nothing whole is there.</summary>
    None,
    Text,
    Close,
    Ping,
    Pong,
}

/// <summary>Finds the frames in what a WebSocket server sends, where they lie in the receive buffer (RFC 6455, 5).</summary>
/// <param name="initialBytes">Size of the buffer; it doubles while a message does not fit, and shrinks again.</param>
/// <param name="maxMessageBytes">Largest message, over all its fragments.</param>
internal sealed class FrameReader(int initialBytes, int maxMessageBytes)
{
    private const int Continuation = 0;
    private const int TextCode = 1;
    private const int BinaryCode = 2;
    private const int QuietFillsToShrink = 256;

    private byte[] buffer = new byte[initialBytes];
    private int next;
    private int end;
    private int messageStart;
    private int messageLength;
    private bool isInMessage;
    private int quietFills;

    /// <summary>Bytes of the buffer.</summary>
    public int Capacity => buffer.Length;

    /// <summary>Room to receive into; what <see cref="Read"/> gave out is no longer valid.</summary>
    public Memory<byte> Space()
    {
        Compact();
        if (end == 0 && buffer.Length > initialBytes && ++quietFills > QuietFillsToShrink) buffer = new byte[initialBytes];
        if (buffer.Length - end < initialBytes / 4)
        {
            quietFills = 0;
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        return buffer.AsMemory(end);
    }

    public void Received(int count) => end += count;

    /// <summary>Steps over the next frame; of a fragmented text only its end is told, with the whole text.</summary>
    /// <param name="payload">Valid until the next call of this or <see cref="Space"/>.</param>
    /// <exception cref="FrameViolation">The server broke the protocol; nothing after it can be read.</exception>
    public FrameKind Read(out ReadOnlySpan<byte> payload)
    {
        while (true)
        {
            payload = default;
            var rest = buffer.AsSpan(next, end - next);
            if (!TryReadHeader(rest, out var first, out var headerLength, out var length)) return FrameKind.None;
            var (opcode, isFinal) = (first & 0x0F, (first & 0x80) != 0);
            if (opcode >= 8)
            {
                if (rest.Length < headerLength + length) return FrameKind.None;
                payload = rest.Slice(headerLength, (int)length);
                next += headerLength + (int)length;
                return opcode switch { 8 => FrameKind.Close, 9 => FrameKind.Ping, _ => FrameKind.Pong };
            }

            var before = isInMessage ? messageLength : 0;
            if (length > maxMessageBytes - before)
                throw new FrameViolation(1009, $"a message of {before + length} bytes or more, of which {maxMessageBytes} are allowed (maxFrameBytes)");
            if (rest.Length < headerLength + length) return FrameKind.None;
            payload = rest.Slice(headerLength, (int)length);
            next += headerLength + (int)length;
            if (isFinal && !isInMessage) return FrameKind.Text;
            Append(next - (int)length, (int)length);
            if (!isFinal) continue;
            isInMessage = false;
            payload = buffer.AsSpan(messageStart, messageLength);
            return FrameKind.Text;
        }
    }

    // Fragments are moved up to one another within the buffer, over the headers that stood between them.
    private void Append(int start, int length)
    {
        if (!isInMessage)
        {
            (isInMessage, messageStart, messageLength) = (true, start, length);
            return;
        }

        buffer.AsSpan(start, length).CopyTo(buffer.AsSpan(messageStart + messageLength));
        messageLength += length;
    }

    private void Compact()
    {
        var kept = 0;
        if (isInMessage)
        {
            if (messageStart > 0) buffer.AsSpan(messageStart, messageLength).CopyTo(buffer);
            messageStart = 0;
            kept = messageLength;
        }

        if (next == kept) return;
        buffer.AsSpan(next, end - next).CopyTo(buffer.AsSpan(kept));
        (next, end) = (kept, kept + end - next);
    }

    private bool TryReadHeader(ReadOnlySpan<byte> rest, out int first, out int headerLength, out long length)
    {
        (first, headerLength, length) = (0, 2, 0);
        if (rest.Length < 2) return false;
        first = rest[0];
        Check(first, rest[1]);
        length = rest[1] & 0x7F;
        if (length < 126) return true;
        headerLength = length == 126 ? 4 : 10;
        if (rest.Length < headerLength) return false;
        length = headerLength == 4 ? BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) : BinaryPrimitives.ReadInt64BigEndian(rest[2..]);
        if (length < (headerLength == 4 ? 126 : 65_536)) throw new FrameViolation(1002, "a length that is negative or not written in the shortest form");
        return true;
    }

    private void Check(int first, int second)
    {
        if ((first & 0x70) != 0) throw new FrameViolation(1002, "a frame with reserved bits, though no extension was agreed");
        if ((second & 0x80) != 0) throw new FrameViolation(1002, "a masked frame, which only a client may send");
        var opcode = first & 0x0F;
        if (opcode >= 8)
        {
            if (opcode > 10) throw new FrameViolation(1002, $"a control frame of the unknown kind {opcode}");
            if ((first & 0x80) == 0) throw new FrameViolation(1002, "a control frame in fragments");
            if ((second & 0x7F) > 125) throw new FrameViolation(1002, "a control frame of more than 125 bytes");
            return;
        }

        if (opcode == BinaryCode) throw new FrameViolation(1003, "binary data, where text was expected");
        if (opcode > BinaryCode) throw new FrameViolation(1002, $"a frame of the unknown kind {opcode}");
        if (opcode == Continuation && !isInMessage) throw new FrameViolation(1002, "the continuation of a message that has not begun");
        if (opcode == TextCode && isInMessage) throw new FrameViolation(1002, "a new message within a message in fragments");
    }
}

/// <summary>The server broke the protocol.</summary>
/// <param name="code">The close code that says so (RFC 6455, 7.4.1).</param>
/// <param name="what">What it sent.</param>
internal sealed class FrameViolation(ushort code, string what) : Exception(what)
{
    public ushort Code { get; } = code;
}
