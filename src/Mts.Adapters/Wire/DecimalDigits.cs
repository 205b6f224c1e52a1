using System.Buffers.Text;

namespace Mts.Adapters.Wire;

/// <summary>Tells whether a decimal number keeps every digit of its text; parsing alone rounds in silence.</summary>
internal static class DecimalDigits
{
    private const int Most = 28;

    /// <param name="text">A well-formed number: digits with at most one point, perhaps an exponent.</param>
    public static bool Fit(ReadOnlySpan<byte> text)
    {
        var (significant, fraction, afterPoint) = (0, 0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is (byte)'e' or (byte)'E') return significant == 0 || (Exponent(text[(i + 1)..]) is { } power && significant <= Most && fraction - power <= Most);
            if (text[i] == '.') afterPoint = true;
            if (text[i] is < (byte)'0' or > (byte)'9') continue;
            if (significant > 0 || text[i] != '0') significant++;
            if (afterPoint) fraction++;
        }

        return significant == 0 || (significant <= Most && fraction <= Most);
    }

    private static int? Exponent(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out int power, out var consumed) && consumed == text.Length ? power : null;
}
