namespace Mts.Core.Performance;

/// <summary>Where a figure would lie in 95 of 100 histories of the same kind.</summary>
/// <param name="Low">The 2.5 % quantile.</param>
/// <param name="High">The 97.5 % quantile.</param>
public readonly record struct ConfidenceInterval(double Low, double High)
{
    public const double Level = 0.95;

    /// <summary>By the percentiles of a figure over resampled histories.</summary>
    /// <param name="values">In any order; they are sorted in place. Fewer than half of <paramref name="drawn"/> mean that the figure is mostly undefined.</param>
    /// <param name="drawn">How many histories there were.</param>
    /// <remarks>Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13.</remarks>
    internal static ConfidenceInterval? Of(Span<double> values, int drawn)
    {
        if (values.Length * 2 < drawn || values.IsEmpty) return null;
        values.Sort();
        return new ConfidenceInterval(Quantile.Of(values, (1 - Level) / 2), Quantile.Of(values, (1 + Level) / 2));
    }
}
