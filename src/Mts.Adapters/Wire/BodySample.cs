namespace Mts.Adapters.Wire;

/// <summary>The piece of an answer that an error shows.</summary>
internal static class BodySample
{
    private const int Before = 60;
    private const int Length = 200;

    public static string Start(ReadOnlySpan<byte> body) => Around(body, 0);

    public static string Around(ReadOnlySpan<byte> body, int position)
    {
        var start = Math.Clamp(position - Before, 0, body.Length);
        var end = Math.Min(body.Length, start + Length);
        var text = string.Create(end - start, body[start..end].ToArray(), static (chars, bytes) =>
        {
            for (var i = 0; i < chars.Length; i++) chars[i] = bytes[i] is >= 0x20 and < 0x7f ? (char)bytes[i] : ' ';
        });
        return $"{(start > 0 ? "…" : "")}{text}{(end < body.Length ? "…" : "")}";
    }
}
