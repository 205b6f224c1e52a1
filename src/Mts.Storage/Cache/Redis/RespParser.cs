namespace Mts.Storage.Cache.Redis;

/// <summary>
/// Reads replies of RESP2 and RESP3 from bytes that come in any pieces; see https://redis.io/docs/latest/develop/reference/protocol-spec/.
/// Pure; what a length only promises takes no memory before it has come.
/// </summary>
internal sealed class RespParser(RespLimits limits)
{
    private const int FirstPiece = 16 << 10;

    private readonly Stack<RespAggregate> open = new();
    private byte[] line = new byte[256];
    private int lineLength;
    private byte[] bulk = [];
    private int bulkFilled;
    private int bulkLength = -1;
    private byte bulkType;
    private long replyBytes;
    private int replyItems;

    /// <summary>Whether a reply has begun and not ended.</summary>
    public bool IsWithin => open.Count > 0 || lineLength > 0 || bulkLength >= 0;

    /// <param name="input">The next bytes.</param>
    /// <param name="replies">Takes every reply that they complete.</param>
    /// <exception cref="RespException">The bytes break the protocol or a limit; the parser must not be used again.</exception>
    public void Feed(ReadOnlySpan<byte> input, List<RespValue> replies)
    {
        while (!input.IsEmpty) input = bulkLength >= 0 ? FeedBulk(input, replies) : FeedLine(input, replies);
    }

    private ReadOnlySpan<byte> FeedLine(ReadOnlySpan<byte> input, List<RespValue> replies)
    {
        var end = input.IndexOf((byte)'\n');
        var piece = end < 0 ? input : input[..(end + 1)];
        if (lineLength + piece.Length > limits.Line) throw new RespException($"a line of a reply is longer than {limits.Line} bytes");
        if (end >= 0 && lineLength == 0)
        {
            OnLine(piece, replies);
            return input[piece.Length..];
        }

        if (lineLength + piece.Length > line.Length) Array.Resize(ref line, Math.Max(line.Length * 2, lineLength + piece.Length));
        piece.CopyTo(line.AsSpan(lineLength));
        lineLength += piece.Length;
        if (end < 0) return [];
        var length = lineLength;
        lineLength = 0;
        OnLine(line.AsSpan(0, length), replies);
        return input[piece.Length..];
    }

    private void OnLine(ReadOnlySpan<byte> raw, List<RespValue> replies)
    {
        if (raw.Length < 3 || raw[^2] != '\r') throw new RespException($"a reply has a line that does not end as it should: {RespText.Show(raw)}");
        var type = raw[0];
        var text = raw[1..^2];
        if (text.Contains((byte)'\r')) throw new RespException($"a reply has a carriage return within a line: {RespText.Show(raw)}");
        switch (type)
        {
            case (byte)'$' or (byte)'=' or (byte)'!':
                BeginBulk(type, RespText.Length(text, raw), replies);
                return;
            case (byte)'*' or (byte)'%' or (byte)'~' or (byte)'>' or (byte)'|':
                BeginAggregate(type, RespText.Length(text, raw), replies);
                return;
            default:
                Count(text.Length);
                Add(RespText.Scalar(type, text, raw), replies);
                return;
        }
    }

    private void BeginBulk(byte type, long length, List<RespValue> replies)
    {
        if (length < 0)
        {
            if (type != '$') throw new RespException("a reply has a value of negative length");
            Count(0);
            Add(default, replies);
            return;
        }

        if (length > limits.Bulk) throw new RespException($"a reply has a value of {length} bytes; the limit is {limits.Bulk}");
        Count(length);
        (bulkType, bulkLength, bulkFilled) = (type, (int)length, 0);
        bulk = length == 0 ? [] : new byte[Math.Min(length, FirstPiece)];
    }

    private ReadOnlySpan<byte> FeedBulk(ReadOnlySpan<byte> input, List<RespValue> replies)
    {
        if (bulkFilled < bulkLength)
        {
            var piece = input[..Math.Min(input.Length, bulkLength - bulkFilled)];
            var needed = bulkFilled + piece.Length;
            if (needed > bulk.Length) Array.Resize(ref bulk, (int)Math.Min(bulkLength, Math.Max(2L * bulk.Length, needed)));
            piece.CopyTo(bulk.AsSpan(bulkFilled));
            bulkFilled = needed;
            return input[piece.Length..];
        }

        // The two bytes after the value.
        if (input[0] != (bulkFilled == bulkLength ? '\r' : '\n')) throw new RespException("a reply has a value longer than it says");
        if (++bulkFilled < bulkLength + 2) return input[1..];
        bulkLength = -1;
        var value = bulk;
        bulk = [];
        Add(RespText.Bulk(bulkType, value), replies);
        return input[1..];
    }

    private void BeginAggregate(byte type, long length, List<RespValue> replies)
    {
        Count(0);
        if (length < 0)
        {
            if (type != '*') throw new RespException("a reply has a collection of negative length");
            Add(default, replies);
            return;
        }

        var values = type is (byte)'%' or (byte)'|' ? length * 2 : length;
        if (length > limits.Items || values > limits.Items) throw new RespException($"a reply has a collection of {length} values; the limit is {limits.Items}");
        if (open.Count >= limits.Depth) throw new RespException($"a reply has more than {limits.Depth} collections within one another");
        var aggregate = new RespAggregate(type, (int)values);
        if (values > 0) open.Push(aggregate);
        else if (!aggregate.IsAttribute) Add(aggregate.ToValue(), replies);
    }

    private void Add(RespValue value, List<RespValue> replies)
    {
        while (open.TryPeek(out var aggregate))
        {
            if (!aggregate.Add(value)) return;
            open.Pop();
            // An attribute tells of the value that follows, which nobody here asks about.
            if (aggregate.IsAttribute) return;
            value = aggregate.ToValue();
        }

        replies.Add(value);
        (replyBytes, replyItems) = (0, 0);
    }

    private void Count(long length)
    {
        replyBytes += length;
        if (replyBytes > limits.Reply) throw new RespException($"a reply is longer than {limits.Reply} bytes");
        if (++replyItems > limits.Items) throw new RespException($"a reply has more than {limits.Items} values");
    }
}
