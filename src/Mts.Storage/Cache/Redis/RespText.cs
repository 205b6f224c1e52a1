using System.Buffers.Text;
using System.Text;

namespace Mts.Storage.Cache.Redis;

/// <summary>Reads what stands on a line of its own.</summary>
internal static class RespText
{
    private static readonly byte[] Ok = "OK"u8.ToArray();

    /// <returns>The number; -1 is what RESP2 writes for null.</returns>
    public static long Length(ReadOnlySpan<byte> text, ReadOnlySpan<byte> line)
    {
        if (text.SequenceEqual("-1"u8)) return -1;
        if (text.Length is 0 or > 18 || text.ContainsAnyExceptInRange((byte)'0', (byte)'9')) throw new RespException($"a reply has no proper length: {Show(line)}");
        return Integer(text, line);
    }

    public static RespValue Scalar(byte type, ReadOnlySpan<byte> text, ReadOnlySpan<byte> line) => type switch
    {
        (byte)'+' => new(RespKind.Simple, Bytes: text.SequenceEqual(Ok) ? Ok : text.ToArray()),
        (byte)'-' => new(RespKind.Error, Bytes: text.ToArray()),
        (byte)':' => new(RespKind.Integer, Integer(text, line)),
        (byte)'_' when text.IsEmpty => default,
        (byte)'#' when text is [(byte)'t'] => new(RespKind.Boolean, 1),
        (byte)'#' when text is [(byte)'f'] => new(RespKind.Boolean),
        (byte)',' when IsDouble(text) => new(RespKind.Double, Bytes: text.ToArray()),
        (byte)'(' when IsWhole(text) => new(RespKind.BigNumber, Bytes: text.ToArray()),
        _ => throw new RespException($"a reply is none of the protocol: {Show(line)}"),
    };

    public static RespValue Bulk(byte type, byte[] value)
    {
        if (type == '$') return new(RespKind.Bulk, Bytes: value);
        if (type == '!') return new(RespKind.Error, Bytes: value);
        // A verbatim text says in three letters and a colon what it is.
        return value.Length >= 4 && value[3] == ':' ? new(RespKind.Bulk, Bytes: value[4..]) : throw new RespException($"a reply has a text without its kind: {Show(value)}");
    }

    /// <summary>The beginning of what came, readable in a message.</summary>
    public static string Show(ReadOnlySpan<byte> bytes)
    {
        var shown = new StringBuilder("'");
        foreach (var b in bytes[..Math.Min(bytes.Length, 60)]) _ = b is >= 32 and < 127 ? shown.Append((char)b) : shown.Append($"\\x{b:x2}");
        return shown.Append(bytes.Length > 60 ? "…'" : "'").ToString();
    }

    private static long Integer(ReadOnlySpan<byte> text, ReadOnlySpan<byte> line) =>
        IsWhole(text) && Utf8Parser.TryParse(text, out long value, out var used) && used == text.Length ? value : throw new RespException($"a reply has no proper number: {Show(line)}");

    private static bool IsWhole(ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'-' or (byte)'+', ..]) text = text[1..];
        return !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static bool IsDouble(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("inf"u8) || text.SequenceEqual("-inf"u8) || text.SequenceEqual("nan"u8)
        || (Utf8Parser.TryParse(text, out double _, out var used) && used == text.Length);
}
