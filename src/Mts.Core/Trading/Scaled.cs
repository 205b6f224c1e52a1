namespace Mts.Core.Trading;

/// <summary>Amounts as integers of 10⁻⁸: what is owed is added and subtracted without rounding.</summary>
public static class Scaled
{
    /// <summary>Units in one.</summary>
    public const long One = 100_000_000;

    /// <summary>The nearest multiple of 10⁻⁸; exact for prices of up to eight decimals below 90 million.</summary>
    public static long Price(double price) => checked((long)Math.Round(price * One));

    public static Int128 Amount(decimal amount) => (Int128)decimal.Round(amount * One, 0, MidpointRounding.AwayFromZero);

    public static decimal ToDecimal(Int128 amount) => (decimal)amount / One;

    public static double ToDouble(Int128 amount) => (double)ToDecimal(amount);

    /// <summary>Quantity × price, rounded once, half away from zero.</summary>
    public static Int128 Value(Int128 quantity, long price) => Divide(quantity * price, One);

    /// <summary>The nearest integer to a / b, half away from zero; b above zero.</summary>
    public static Int128 Divide(Int128 a, Int128 b)
    {
        var (quotient, remainder) = Int128.DivRem(a, b);
        return Int128.Abs(remainder) * 2 >= b ? quotient + Int128.Sign(a) : quotient;
    }
}
