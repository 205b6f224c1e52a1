using System.Runtime.Intrinsics;

namespace Mts.Core.Indicators;

/// <summary>Exact sums of prices from the first one on, each price counting as round(price·10⁸): the sum of any window is the difference of two, so that one row serves windows of all lengths.</summary>
/// <remarks>The sums wrap around, and so does the arithmetic on them; what is asked of them fits, and comes out exact.</remarks>
public sealed class PrefixSums
{
    private readonly long[] sums;
    private readonly double greatest;

    /// <param name="prices">Oldest first.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is not a number, negative, or above 9.2·10¹⁰.</exception>
    public PrefixSums(ReadOnlySpan<double> prices)
    {
        sums = new long[prices.Length + 1];
        for (var i = 0; i < prices.Length; i++)
        {
            var units = ExactSum.ToUnits(prices[i]);
            greatest = Math.Max(greatest, units);
            sums[i + 1] = unchecked(sums[i] + units);
        }
    }

    /// <summary>How many prices there are.</summary>
    public int Count => sums.Length - 1;

    /// <summary>Finds where the mean of the last <paramref name="fast"/> prices comes to stand above that of the last <paramref name="slow"/>, and then below, and so on; at equality nothing changes.</summary>
    /// <param name="fast">Prices, at least 1.</param>
    /// <param name="slow">Prices, more than <paramref name="fast"/>.</param>
    /// <param name="turns">Emptied, then filled with indices of prices, rising: above, below, above…</param>
    /// <returns>False, and nothing found, where the products of these prices and lengths do not fit 64 bits.</returns>
    public bool TryFindCrossings(int fast, int slow, List<int> turns)
    {
        turns.Clear();
        if (greatest * fast * slow > long.MaxValue / 2.0) return false;
        var (at, isAbove) = (slow - 1, false);
        var (newest, shortTail, longTail) = (Vector256.Create((long)(slow - fast)), Vector256.Create((long)slow), Vector256.Create((long)fast));
        ReadOnlySpan<long> all = sums;
        for (; at + Vector256<long>.Count <= Count; at += Vector256<long>.Count)
        {
            // fast sum × slow − slow sum × fast, its sign that of the difference of the means.
            var difference = (Vector256.Create(all[(at + 1)..]) * newest) - (Vector256.Create(all[(at + 1 - fast)..]) * shortTail) + (Vector256.Create(all[(at + 1 - slow)..]) * longTail);
            var turned = isAbove ? Vector256.LessThanAny(difference, Vector256<long>.Zero) : Vector256.GreaterThanAny(difference, Vector256<long>.Zero);
            for (var i = 0; turned && i < Vector256<long>.Count; i++) isAbove = Next(difference[i], at + i, isAbove, turns);
        }

        for (; at < Count; at++)
            isAbove = Next(unchecked((sums[at + 1] * (slow - fast)) - (sums[at + 1 - fast] * slow) + (sums[at + 1 - slow] * fast)), at, isAbove, turns);
        return true;
    }

    private static bool Next(long difference, int at, bool isAbove, List<int> turns)
    {
        if (isAbove ? difference >= 0 : difference <= 0) return isAbove;
        turns.Add(at);
        return !isAbove;
    }
}
