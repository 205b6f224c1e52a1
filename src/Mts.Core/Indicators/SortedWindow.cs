namespace Mts.Core.Indicators;

/// <summary>The last values in order of size: quantiles and ranks without sorting anew.</summary>
/// <param name="length">Values in the window.</param>
public sealed class SortedWindow(int length)
{
    private readonly RollingWindow window = new(length);
    private readonly double[] sorted = new double[length];

    public bool IsFull => window.IsFull;

    /// <summary>The values, least first; valid until the next <see cref="Add"/>.</summary>
    public ReadOnlySpan<double> Sorted => sorted.AsSpan(0, window.Count);

    /// <exception cref="ArgumentException">The value is not a number.</exception>
    public void Add(double value)
    {
        if (double.IsNaN(value)) throw new ArgumentException("What is not a number has no rank.", nameof(value));
        var count = window.Count;
        var left = window.Add(value);
        if (window.Count == count)
        {
            var gone = Array.BinarySearch(sorted, 0, count--, left);
            Array.Copy(sorted, gone + 1, sorted, gone, count - gone);
        }

        var place = Array.BinarySearch(sorted, 0, count, value);
        if (place < 0) place = ~place;
        Array.Copy(sorted, place, sorted, place + 1, count - place);
        sorted[place] = value;
    }

    /// <param name="share">0 for the least, 1 for the greatest value.</param>
    /// <returns>Linear between neighbours; null for an empty window.</returns>
    public double? Quantile(double share) => Quantile(Sorted, share);

    /// <summary>Quantile of values that are sorted already, linear between neighbours (type 7 of Hyndman and Fan, 1996).</summary>
    public static double? Quantile(ReadOnlySpan<double> sorted, double share)
    {
        if (sorted.IsEmpty) return null;
        var position = (sorted.Length - 1) * share;
        var below = (int)Math.Clamp(Math.Floor(position), 0, sorted.Length - 1);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (position - below));
    }
}
