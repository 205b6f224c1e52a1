using System.Globalization;

namespace Mts.Storage.Files;

/// <summary>Doubles in the shortest digits that read back equal, never with an exponent.</summary>
internal static class PlainNumber
{
    /// <returns>Bytes written; at most 343 for any finite value.</returns>
    public static int Format(double value, Span<byte> into)
    {
        value.TryFormat(into, out var written, "R", CultureInfo.InvariantCulture);
        var e = into[..written].IndexOf((byte)'E');
        return e < 0 ? written : Expand(into, e, int.Parse(into[(e + 1)..written], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    // 1.25E-07 becomes 0.000000125 and 1.25E+16 becomes 12500000000000000.
    private static int Expand(Span<byte> into, int mantissaLength, int exponent)
    {
        Span<byte> digits = stackalloc byte[32];
        var count = 0;
        foreach (var c in into[..mantissaLength])
        {
            if (char.IsAsciiDigit((char)c)) digits[count++] = c;
        }

        var length = into[0] == (byte)'-' ? 1 : 0;
        if (exponent < 0) "0."u8.CopyTo(into[length..]);
        if (exponent < 0) length += 2;
        for (var i = exponent + 1; i < 0; i++) into[length++] = (byte)'0';
        digits[..count].CopyTo(into[length..]);
        length += count;
        for (var i = count; i <= exponent; i++) into[length++] = (byte)'0';
        return length;
    }
}
