namespace Mts.Core.Performance;

/// <summary>A quantile of a sample.</summary>
public static class Quantile
{
    /// <param name="sorted">Smallest first, at least one value.</param>
    /// <param name="share">0 to 1.</param>
    /// <returns>The value at (n − 1) × share, between two of them linearly.</returns>
    /// <remarks>Hyndman and Fan, Sample Quantiles in Statistical Packages, American Statistician 50(4), 1996, type 7.</remarks>
    public static double Of(ReadOnlySpan<double> sorted, double share)
    {
        var at = (sorted.Length - 1) * share;
        var low = (int)at;
        return low + 1 < sorted.Length ? sorted[low] + ((at - low) * (sorted[low + 1] - sorted[low])) : sorted[low];
    }

    /// <summary>The same values, smallest first.</summary>
    internal static double[] Sorted(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted;
    }
}
