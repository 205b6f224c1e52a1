using Mts.Core.Books;

namespace Mts.Adapters.Wire;

/// <summary>A number as its text means it: <c>Digits × 10^Exponent</c>, without trailing zeros, so that every spelling of a number is the same.</summary>
/// <param name="Digits">At most nineteen decimal digits; 0 has exponent 0 and no sign.</param>
/// <param name="Exponent">Power of ten.</param>
/// <param name="IsNegative">Below zero.</param>
internal readonly record struct DecimalText(ulong Digits, int Exponent, bool IsNegative)
{
    private const int MostDigits = 19;
    private const int MostExponent = 9_999;

    // Largest whole number that may be multiplied by that power of ten and still be a long.
    private static readonly ulong[] Room = [.. Enumerable.Range(0, NumberScale.MostDecimals + 1).Select(n => (ulong)(long.MaxValue / NumberScale.Power(n)))];

    /// <summary>Fewest decimals that keep it exactly.</summary>
    public int LeastDecimals => Math.Max(0, -Exponent);

    /// <summary>Most decimals, up to 18, with which it is a 64-bit integer; −1 where it is none with any.</summary>
    public int MostDecimals
    {
        get
        {
            for (var decimals = NumberScale.MostDecimals; decimals >= LeastDecimals; decimals--)
            {
                if (ToUnits(decimals) is not null) return decimals;
            }

            return -1;
        }
    }

    /// <summary>Reads digits with at most one point, perhaps a sign, perhaps an exponent, and nothing else.</summary>
    /// <returns>False for anything else, and for more than nineteen digits that matter.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out DecimalText value)
    {
        value = default;
        var at = 0;
        var isNegative = false;
        if (at < text.Length && text[at] is (byte)'-' or (byte)'+') isNegative = text[at++] == '-';
        if (!TryMantissa(text, ref at, out var digits, out var exponent)) return false;
        if (at < text.Length && !TryExponent(text[at..], ref exponent)) return false;
        value = digits == 0 ? default : new DecimalText(digits, exponent, isNegative);
        return true;
    }

    /// <summary>In units of 10^-<paramref name="decimals"/>; null where that is not exact or no 64-bit integer.</summary>
    public long? ToUnits(int decimals)
    {
        if (Digits == 0) return 0;
        var shift = decimals + Exponent;
        if (shift is < 0 or > NumberScale.MostDecimals || Digits > Room[shift]) return null;
        var units = (long)Digits * NumberScale.Power(shift);
        return IsNegative ? -units : units;
    }

    private static bool TryMantissa(ReadOnlySpan<byte> text, ref int at, out ulong digits, out int exponent)
    {
        (digits, exponent) = (0, 0);
        var (count, zeros, seen, afterPoint) = (0, 0, false, false);
        for (; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit > 9)
            {
                if (text[at] != '.' || afterPoint) break;
                afterPoint = true;
                continue;
            }

            seen = true;
            if (afterPoint) exponent--;
            if (digit == 0)
            {
                if (digits != 0) zeros++;
                continue;
            }

            count = digits == 0 ? 1 : count + zeros + 1;
            if (count > MostDigits) return false;
            digits = (digits * 10 * (ulong)NumberScale.Power(zeros)) + digit;
            zeros = 0;
        }

        exponent += zeros;
        return seen;
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, ref int exponent)
    {
        if (text[0] is not ((byte)'e' or (byte)'E')) return false;
        var at = 1;
        var isNegative = false;
        if (at < text.Length && text[at] is (byte)'-' or (byte)'+') isNegative = text[at++] == '-';
        if (at == text.Length) return false;
        var power = 0;
        for (; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit > 9) return false;
            power = Math.Min(MostExponent, (power * 10) + (int)digit);
        }

        exponent += isNegative ? -power : power;
        return true;
    }
}
