using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mts.Core.Trading;

/// <summary>Amounts as integers of 10⁻⁸: what is owed is added and subtracted without rounding.</summary>
/// <remarks>What computes with 128 bits at every fill is compiled with all optimisations at once: it cannot be compiled ahead, and the operators of <see cref="Int128"/> are slow calls in code that was not optimised.</remarks>
public static class Scaled
{
    /// <summary>Units in one.</summary>
    public const long One = 100_000_000;

    private const int ExponentBias = 1075;
    private const double TwoTo64 = 18_446_744_073_709_551_616.0;

    /// <summary>The whole number nearest to <paramref name="price"/>·10⁸, computed exactly; a half rounds up.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a number, negative, or above 9.2·10¹⁰.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
    public static decimal ToDecimal(Int128 amount) => amount >= long.MinValue && amount <= long.MaxValue ? ToDecimal((long)amount) : (decimal)amount / One;

    /// <summary>What dividing by <see cref="One"/> gives, without trailing zeros.</summary>
    public static decimal ToDecimal(long amount)
    {
        var rest = amount < 0 ? 0UL - (ulong)amount : (ulong)amount;
        var decimals = 8;
        if (rest % One == 0) (rest, decimals) = (rest / One, 0);
        if (decimals > 0 && rest % 10_000 == 0) (rest, decimals) = (rest / 10_000, decimals - 4);
        if (decimals > 1 && rest % 100 == 0) (rest, decimals) = (rest / 100, decimals - 2);
        if (decimals > 0 && rest % 10 == 0) (rest, decimals) = (rest / 10, decimals - 1);
        return new decimal((int)rest, (int)(rest >> 32), 0, amount < 0, (byte)decimals);
    }

    /// <summary>The nearest double; below 90 million it prints with the amount's own decimals.</summary>
    public static double ToDouble(Int128 amount) => (double)amount / One;

    /// <summary>Quantity × price, rounded once, half away from zero.</summary>
    public static Int128 Value(Int128 quantity, long price) => Round(quantity, price, One);

    /// <summary>An amount times a rate of either sign, rounded once; the rate counts with twelve decimals.</summary>
    public static Int128 Share(Int128 amount, double rate) => Round(amount, (Int128)Math.Round(rate * 1e12), 1_000_000_000_000);

    /// <summary>The part of an amount that a fraction from 0 to 1 takes, rounded down; the fraction counts with the fifteen decimals that a double keeps, so that 0.69 is sixty-nine hundredths.</summary>
    public static Int128 Fraction(Int128 amount, double fraction) => amount <= 0 ? 0 : fraction == 1 ? amount : Floor(amount, (Int128)Math.Round(fraction * 1e15), 1_000_000_000_000_000);

    /// <summary>a·b/divisor, rounded half away from zero; the divisor is above zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static Int128 Round(Int128 a, Int128 b, Int128 divisor)
    {
        if (!Fits(a, b)) return (Int128)RoundBig((BigInteger)a * b, divisor);
        var product = a * b;
        var (quotient, rest) = Divide((UInt128)Int128.Abs(product), (UInt128)divisor);
        if (rest >= (UInt128)divisor - rest) quotient++;
        return Int128.IsNegative(product) ? -(Int128)quotient : (Int128)quotient;
    }

    /// <summary>a·b/divisor, rounded down; all are at least zero, the divisor above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static Int128 Floor(Int128 a, Int128 b, Int128 divisor) =>
        Fits(a, b) ? (Int128)Divide((UInt128)(a * b), (UInt128)divisor).Quotient : (Int128)((BigInteger)a * b / divisor);

    // A quotient of less than fifty bits is estimated to one by doubles, and then made exact; a division bit by bit takes ten times as long.
    // In halves of 64 bits, because the processor divides and multiplies these, and has to be told so.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static (UInt128 Quotient, UInt128 Remainder) Divide(UInt128 value, UInt128 divisor)
    {
        var (high, low, divisorHigh, divisorLow) = ((ulong)(value >> 64), (ulong)value, (ulong)(divisor >> 64), (ulong)divisor);
        if ((high | divisorHigh) == 0) return (low / divisorLow, low % divisorLow);
        var estimate = ((high * TwoTo64) + low) / ((divisorHigh * TwoTo64) + divisorLow);
        if (!(estimate < 1L << 50)) return UInt128.DivRem(value, divisor);
        var quotient = (ulong)estimate;
        var productHigh = Math.BigMul(quotient, divisorLow, out var productLow) + (quotient * divisorHigh);
        var restLow = low - productLow;
        var restHigh = high - productHigh - (low < productLow ? 1UL : 0);
        if ((long)restHigh < 0) return (quotient - 1, new UInt128(restHigh, restLow) + divisor);
        var isTooSmall = restHigh > divisorHigh || (restHigh == divisorHigh && restLow >= divisorLow);
        return isTooSmall ? (quotient + 1, new UInt128(restHigh, restLow) - divisor) : (quotient, new UInt128(restHigh, restLow));
    }

    private static bool Fits(Int128 a, Int128 b) => Bits(a) + Bits(b) < 127;

    private static int Bits(Int128 value) => 128 - (int)Int128.LeadingZeroCount(Int128.Abs(value));

    private static BigInteger RoundBig(BigInteger value, BigInteger divisor)
    {
        var (quotient, remainder) = BigInteger.DivRem(value, divisor);
        return BigInteger.Abs(remainder) * 2 >= divisor ? quotient + value.Sign : quotient;
    }
}
