namespace Mts.Adapters.Wire;

/// <summary>Looks at the escapes of a JSON text whose form is already known to be right.</summary>
internal static class EscapedText
{
    /// <summary>Whether a <c>\uD800</c>…<c>\uDFFF</c> stands without its other half, so that it is no text.</summary>
    public static bool HasHalfCharacter(ReadOnlySpan<byte> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\') continue;
            if (text[++at] != 'u') continue;
            var unit = Unit(text.Slice(at + 1, 4));
            at += 4;
            if (unit is < 0xD800 or > 0xDFFF) continue;
            var rest = text[(at + 1)..];
            if (unit >= 0xDC00 || rest.Length < 6 || rest[0] != '\\' || rest[1] != 'u' || Unit(rest.Slice(2, 4)) is < 0xDC00 or > 0xDFFF) return true;
            at += 6;
        }

        return false;
    }

    private static int Unit(ReadOnlySpan<byte> hex)
    {
        var unit = 0;
        foreach (var digit in hex) unit = (unit * 16) + (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        return unit;
    }
}
