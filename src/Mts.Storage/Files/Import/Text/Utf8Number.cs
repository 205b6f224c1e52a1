using System.Globalization;
using System.Runtime.CompilerServices;

namespace Mts.Storage.Files.Import.Text;

/// <summary>Reads decimal numbers from UTF-8 text, correctly rounded.</summary>
internal static class Utf8Number
{
    private const ulong ExactMantissa = 1UL << 53;

    // A mantissa of at most 53 bits and a power of ten of at most 10²² are both exact doubles,
    // so that one division rounds once (Clinger, PLDI 1990).
    internal static ReadOnlySpan<double> Powers =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        ulong mantissa = 0;
        var decimals = -1;
        if (text.Length is 0 or > 20) return TryParseAny(text, out value);
        foreach (var c in text)
        {
            var digit = (uint)(c - '0');
            if (digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
                if (decimals >= 0) decimals++;
            }
            else if (c == '.' && decimals < 0)
            {
                decimals = 0;
            }
            else
            {
                return TryParseAny(text, out value);
            }
        }

        // Twenty bytes with a point hold at most nineteen digits, which cannot overflow; without one they may.
        if (mantissa > ExactMantissa || (decimals < 0 && text.Length == 20) || (decimals >= 0 && text.Length == 1)) return TryParseAny(text, out value);
        value = decimals <= 0 ? mantissa : mantissa / Powers[decimals];
        return true;
    }

    /// <summary>Reads the plain number that stands at <paramref name="position"/> and steps behind the comma after it, in one pass.</summary>
    /// <returns>False, with nothing said about the text, for all but digits and one point of at most 2⁵³ in all.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryTake(ReadOnlySpan<byte> line, ref int position, out double value)
    {
        ulong mantissa = 0;
        var point = -1;
        var i = position;
        for (; i < line.Length; i++)
        {
            var digit = (uint)(line[i] - '0');
            if (digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
                continue;
            }

            if (line[i] == ',') break;
            if (line[i] != '.' || point >= 0) goto unusual;
            point = i;
        }

        var length = i - position;
        var decimals = point < 0 ? 0 : i - point - 1;
        if (length - (point < 0 ? 0 : 1) is < 1 or > 18 || mantissa > ExactMantissa) goto unusual;
        position = i + 1;
        value = decimals == 0 ? mantissa : mantissa / Powers[decimals];
        return true;

    unusual:
        value = 0;
        return false;
    }

    /// <summary>Decimal digits only, at most nineteen.</summary>
    public static bool TryParseDigits(ReadOnlySpan<byte> text, out long value)
    {
        ulong digits = 0;
        value = 0;
        if (text.Length is 0 or > 19) return false;
        foreach (var c in text)
        {
            var digit = (uint)(c - '0');
            if (digit > 9) return false;
            digits = (digits * 10) + digit;
        }

        value = (long)digits;
        return value >= 0;
    }

    private static bool TryParseAny(ReadOnlySpan<byte> text, out double value) =>
        double.TryParse(Fields.Clean(text), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
