using System.Runtime.CompilerServices;
using Mts.Core.Market;

namespace Mts.Core.Indicators;

/// <summary>The sum of the last prices, exact: each price counts as the whole number round(price·10⁸).</summary>
/// <param name="length">Prices in the window, at least 1.</param>
/// <remarks>A price of up to eight decimals and below ten million is represented without error, and so is every mean of such prices.</remarks>
public sealed class ExactSum(int length)
{
    private const double Scale = 1e8;
    private const double MaxPrice = long.MaxValue / Scale;
    private const long Nothing = -1;

    /// <summary>The greatest price that can be summed, about 9.2·10¹⁰.</summary>
    public static readonly double Greatest = Math.BitDecrement(MaxPrice);

    private readonly long[] window = new long[length > 0 ? length : throw new ArgumentOutOfRangeException(nameof(length), length, "At least one price.")];
    private int next;
    private int missing = length;

    // 64 bits hold the sum of all usual prices and are several times faster; the first price that could overflow them widens the sum for good.
    private long narrow;
    private WideInt wide;

    // What can be added, or multiplied by the length, within 64 bits; nothing once the sum is wide.
    private long most = long.MaxValue / Math.Max(1, length);

    public int Length => window.Length;

    public int Count => window.Length - missing;

    public bool IsFull => missing == 0;

    /// <summary>Sum in units of 10⁻⁸ of what is in the window.</summary>
    public WideInt Units => IsWide ? wide : narrow;

    /// <summary>Null until the window is full.</summary>
    public double? Mean => IsFull ? (double)Units / (Scale * window.Length) : null;

    /// <returns>round(price·10⁸), halves to even.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Not a number, negative, or above 9.2·10¹⁰.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ToUnits(double price)
    {
        if (!(price is >= 0 and < MaxPrice)) Refuse(price);
        return (long)Math.Round(price * Scale);
    }

    /// <exception cref="ArgumentOutOfRangeException">Not a number, negative, or above 9.2·10¹⁰.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double price) => AddUnits(ToUnits(price));

    /// <param name="units">Of <see cref="ToUnits"/>, for several windows over one price.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddUnits(long units)
    {
        var (values, at) = (window, next);
        var change = units - values[at]; // an empty place holds 0
        values[at] = units;
        if (units <= most) narrow += change;
        else AddWide(change);
        if (missing > 0) missing--;
        next = ++at == values.Length ? 0 : at;
    }

    /// <summary>Compares the means of two windows without rounding.</summary>
    /// <returns>Above zero where this mean is the greater one, 0 where both are exactly equal.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CompareMeanTo(ExactSum other)
    {
        if (narrow <= other.most && other.narrow <= most) return (narrow * other.Count).CompareTo(other.narrow * Count);
        if (IsWide || other.IsWide) return (Units * other.Count).CompareTo(other.Units * Count);
        var high = Math.BigMul((ulong)narrow, (ulong)other.Count, out var low);
        var otherHigh = Math.BigMul((ulong)other.narrow, (ulong)Count, out var otherLow);
        return high != otherHigh ? high.CompareTo(otherHigh) : low.CompareTo(otherLow);
    }

    private bool IsWide => most == Nothing;

    private void AddWide(long change)
    {
        if (!IsWide) (most, narrow, wide) = (Nothing, 0, narrow);
        wide += change;
    }

    private static void Refuse(double price) => throw new ArgumentOutOfRangeException(nameof(price), price, "A price from 0 to 9.2e10 was expected.");
}
