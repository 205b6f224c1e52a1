using System.Numerics;
using Mts.Core.Market;

namespace Mts.Core.Trading;

/// <summary>Amounts as integers of 10⁻⁸: what is owed is added and subtracted without rounding.</summary>
public static class Scaled
{
    /// <summary>Units in one.</summary>
    public const long One = 100_000_000;

    private const int ExponentBias = 1075;
    private const double TwoTo64 = 18_446_744_073_709_551_616.0;

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
        var high = Math.BigMul((ulong)mantissa, One, out var low);
        // Half of the last bit is added, then all below it goes.
        if (shift > 64) return (long)((high + (1UL << (shift - 65))) >> (shift - 64));
        var half = low + (1UL << (shift - 1));
        if (half < low) high++;
        return shift == 64 ? (long)high : (long)((half >> shift) | (high << (64 - shift)));
    }

    /// <summary>The share of an amount that belongs to a part of a whole.</summary>
    public static WideInt Part(WideInt amount, WideInt part, WideInt whole) => part == whole ? amount : Round(amount, part, whole);

    /// <summary>Rounds to eight decimals, half away from zero.</summary>
    public static WideInt Amount(decimal amount) => (WideInt)decimal.Round(amount * One, 0, MidpointRounding.AwayFromZero);

    /// <summary>Exact below 7.9·10²⁰.</summary>
    public static decimal ToDecimal(WideInt amount) => amount.IsLong ? ToDecimal((long)amount) : (decimal)amount / One;

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
    public static double ToDouble(WideInt amount) => (double)amount / One;

    /// <summary>Quantity × price, rounded once, half away from zero.</summary>
    public static WideInt Value(WideInt quantity, long price) => Round(quantity, price, One);

    /// <summary>An amount times a rate of either sign, rounded once; the rate counts with twelve decimals.</summary>
    public static WideInt Share(WideInt amount, double rate) => Round(amount, (WideInt)Math.Round(rate * 1e12), 1_000_000_000_000);

    /// <summary>The part of an amount that a fraction from 0 to 1 takes, rounded down; the fraction counts with the fifteen decimals that a double keeps, so that 0.69 is sixty-nine hundredths.</summary>
    public static WideInt Fraction(WideInt amount, double fraction) => amount <= 0 ? 0 : fraction == 1 ? amount : Floor(amount, (WideInt)Math.Round(fraction * 1e15), 1_000_000_000_000_000);

    /// <summary>a·b/divisor, rounded half away from zero; the divisor is above zero.</summary>
    internal static WideInt Round(WideInt a, WideInt b, WideInt divisor)
    {
        if (!Fits(a, b)) return RoundBig(a, b, divisor);
        var product = a * b;
        var (quotient, rest) = Divide(WideInt.Abs(product), divisor);
        if (rest >= divisor - rest) quotient++;
        return product.High < 0 ? -quotient : quotient;
    }

    /// <summary>a·b/divisor, rounded down; all are at least zero, the divisor above.</summary>
    internal static WideInt Floor(WideInt a, WideInt b, WideInt divisor) =>
        Fits(a, b) ? Divide(a * b, divisor).Quotient : FloorBig(a, b, divisor);

    /// <summary>Both at least zero, the divisor above.</summary>
    /// <remarks>
    /// A quotient of less than fifty bits is estimated to one by doubles, and then made exact; a division bit by bit takes ten times as long.
    /// In halves of 64 bits, because the processor divides and multiplies these, and has to be told so.
    /// </remarks>
    internal static (WideInt Quotient, WideInt Remainder) Divide(WideInt value, WideInt divisor)
    {
        var (high, low, divisorHigh, divisorLow) = ((ulong)value.High, value.Low, (ulong)divisor.High, divisor.Low);
        if ((high | divisorHigh) == 0) return (new WideInt(0, low / divisorLow), new WideInt(0, low % divisorLow));
        var estimate = ((high * TwoTo64) + low) / ((divisorHigh * TwoTo64) + divisorLow);
        if (!(estimate < 1L << 50)) return (value / divisor, value % divisor);
        var quotient = (long)estimate;
        var rest = value - (divisor * quotient);
        return rest.High < 0 ? (quotient - 1, rest + divisor) : rest >= divisor ? (quotient + 1, rest - divisor) : (quotient, rest);
    }

    private static bool Fits(WideInt a, WideInt b) => a.Bits + b.Bits < 127;

    private static WideInt RoundBig(WideInt a, WideInt b, WideInt divisor)
    {
        var value = (BigInteger)a * b;
        var (quotient, remainder) = BigInteger.DivRem(value, divisor);
        return (WideInt)(BigInteger.Abs(remainder) * 2 >= divisor ? quotient + value.Sign : quotient);
    }

    private static WideInt FloorBig(WideInt a, WideInt b, WideInt divisor) => (WideInt)((BigInteger)a * b / divisor);
}
