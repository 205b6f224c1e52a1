using System.Numerics;

namespace Mts.Core.Books;

/// <summary>What one unit of a book's whole numbers stands for: prices and sizes are integers of 10^-decimals.</summary>
/// <param name="PriceDecimals">0 to 18.</param>
/// <param name="SizeDecimals">0 to 18.</param>
public readonly record struct NumberScale(int PriceDecimals, int SizeDecimals)
{
    public const int MostDecimals = 18;

    /// <summary>Eight decimals each, which fits all but the smallest coins; those change it when their first number comes.</summary>
    public static readonly NumberScale Default = new(8, 8);

    private static readonly long[] Powers = [.. Enumerable.Range(0, MostDecimals + 1).Select(n => (long)BigInteger.Pow(10, n))];

    /// <summary>10 to the power of 0 to 18.</summary>
    public static long Power(int decimals) => Powers[decimals];

    public decimal Price(long units) => Exact(units, PriceDecimals);

    public decimal Size(long units) => Exact(units, SizeDecimals);

    /// <summary>The nearest double.</summary>
    public double PriceToDouble(long units) => units / (double)Powers[PriceDecimals];

    /// <inheritdoc cref="PriceToDouble"/>
    public double SizeToDouble(long units) => units / (double)Powers[SizeDecimals];

    /// <summary>The same number with other decimals, or null where it would not be exact or not fit.</summary>
    public static long? Convert(long units, int from, int to)
    {
        if (to >= from)
        {
            var wide = (Int128)units * Powers[to - from];
            return wide >= long.MinValue && wide <= long.MaxValue ? (long)wide : null;
        }

        var (quotient, remainder) = Math.DivRem(units, Powers[from - to]);
        return remainder == 0 ? quotient : null;
    }

    /// <summary>The same level in another unit, or null where it would not be exact or not fit.</summary>
    public LevelChange? Convert(LevelChange level, NumberScale to) =>
        Convert(level.Price, PriceDecimals, to.PriceDecimals) is { } price && Convert(level.Size, SizeDecimals, to.SizeDecimals) is { } size ? new LevelChange(price, size) : null;

    private static decimal Exact(long units, int decimals)
    {
        var magnitude = units < 0 ? (ulong)-(units + 1) + 1 : (ulong)units;
        return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), 0, units < 0, (byte)decimals);
    }
}
