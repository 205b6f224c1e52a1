using System.Numerics;

namespace Mts.Core.Trading;

/// <summary>Amounts as integers of 10⁻⁸: what is owed is added and subtracted without rounding.</summary>
public static class Scaled
{
    /// <summary>Units in one.</summary>
    public const long One = 100_000_000;

    private const int ExponentBias = 1075;

    /// <summary>The whole number nearest to <paramref name="price"/>·10⁸, computed exactly; a half rounds up.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a number, negative, or above 9.2·10¹⁰.</exception>
    public static long Price(double price)
    {
        if (!(price >= 0 && price < long.MaxValue / One)) throw new ArgumentOutOfRangeException(nameof(price), price, "A price from 0 to 9.2e10 was expected.");
        // A double is mantissa × 2^exponent, so the product is exact before the shift; below 2^53 the shift is to the right.
        var bits = BitConverter.DoubleToInt64Bits(price);
        var shift = ExponentBias - (int)(bits >> 52);
        if (shift > 120) return 0;
        var mantissa = (bits & ((1L << 52) - 1)) | (1L << 52);
        return (long)((((Int128)mantissa * One) + (Int128.One << (shift - 1))) >> shift);
    }

    /// <summary>The share of an amount that belongs to a part of a whole.</summary>
    public static Int128 Part(Int128 amount, Int128 part, Int128 whole) => part == whole ? amount : Round(amount, part, whole);

    /// <summary>Rounds to eight decimals, half away from zero.</summary>
    public static Int128 Amount(decimal amount) => (Int128)decimal.Round(amount * One, 0, MidpointRounding.AwayFromZero);

    /// <summary>Exact below 7.9·10²⁰.</summary>
    public static decimal ToDecimal(Int128 amount) => (decimal)amount / One;

    /// <summary>The nearest double; below 90 million it prints with the amount's own decimals.</summary>
    public static double ToDouble(Int128 amount) => (double)amount / One;

    /// <summary>Quantity × price, rounded once, half away from zero.</summary>
    public static Int128 Value(Int128 quantity, long price) => Round(quantity, price, One);

    /// <summary>An amount times a rate of either sign, rounded once; the rate counts with twelve decimals.</summary>
    public static Int128 Share(Int128 amount, double rate) => Round(amount, (Int128)Math.Round(rate * 1e12), 1_000_000_000_000);

    /// <summary>The part of an amount that a fraction from 0 to 1 takes, rounded down; the fraction counts with sixteen decimals, so that 0.6 is six tenths.</summary>
    public static Int128 Fraction(Int128 amount, double fraction) => amount <= 0 ? 0 : Floor(amount, (Int128)Math.Round(fraction * 1e16), 10_000_000_000_000_000);

    /// <summary>a·b/divisor, rounded half away from zero; the divisor is above zero.</summary>
    internal static Int128 Round(Int128 a, Int128 b, Int128 divisor)
    {
        if (!Fits(a, b)) return (Int128)RoundBig((BigInteger)a * b, divisor);
        var (quotient, remainder) = Int128.DivRem(a * b, divisor);
        var rest = Int128.Abs(remainder);
        return rest >= divisor - rest ? quotient + (Int128.IsNegative(remainder) ? -1 : 1) : quotient;
    }

    /// <summary>a·b/divisor, rounded down; all are at least zero, the divisor above.</summary>
    internal static Int128 Floor(Int128 a, Int128 b, Int128 divisor) =>
        Fits(a, b) ? a * b / divisor : (Int128)((BigInteger)a * b / divisor);

    private static bool Fits(Int128 a, Int128 b) => Bits(a) + Bits(b) < 127;

    private static int Bits(Int128 value) => 128 - (int)Int128.LeadingZeroCount(Int128.Abs(value));

    private static BigInteger RoundBig(BigInteger value, BigInteger divisor)
    {
        var (quotient, remainder) = BigInteger.DivRem(value, divisor);
        return BigInteger.Abs(remainder) * 2 >= divisor ? quotient + value.Sign : quotient;
    }
}
