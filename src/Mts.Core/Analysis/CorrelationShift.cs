using Mts.Core.Indicators;
using Mts.Core.Indicators.Statistics;

namespace Mts.Core.Analysis;

/// <summary>Whether the correlation of the last returns differs from that of the returns before them.</summary>
/// <param name="Window">Returns in the newer part.</param>
/// <param name="Baseline">Returns in the older part; the two do not overlap.</param>
/// <param name="Now">Correlation of the newer part.</param>
/// <param name="Before">Correlation of the older part.</param>
/// <param name="Z">Difference of the Fisher-transformed correlations in its standard deviations.</param>
/// <param name="PValue">Two-sided probability of such a difference where nothing has changed.</param>
/// <remarks>Fisher, Metron 1, 1921: atanh r is nearly normal with variance 1/(n − 3). Returns must be independent from day to day, which those of daily closes nearly are.</remarks>
public sealed record CorrelationShift(int Window, int Baseline, double Now, double Before, double Z, double PValue)
{
    /// <summary>See <see cref="WindowCorrelation.AdjustedPValue"/>.</summary>
    public double? AdjustedPValue { get; init; }

    /// <param name="returns">Of the pair.</param>
    /// <param name="window">Returns in the newer part, above 3.</param>
    /// <param name="baseline">Most returns in the older part.</param>
    /// <returns>Null where either part is too short, is shorter than the window, or does not vary.</returns>
    public static CorrelationShift? Of(PairedReturns returns, int window, int baseline)
    {
        var (newer, older) = (returns.Last(window), returns.Last(baseline, skip: window));
        if (window <= 3 || newer.Length < window || older.Length < window) return null;
        if (RollingCorrelation.Of([.. newer.Left], [.. newer.Right]) is not { } now || RollingCorrelation.Of([.. older.Left], [.. older.Right]) is not { } before) return null;
        if (Math.Abs(now) >= 1 || Math.Abs(before) >= 1) return null;
        var z = (Math.Atanh(now) - Math.Atanh(before)) / Math.Sqrt((1.0 / (newer.Length - 3)) + (1.0 / (older.Length - 3)));
        return new CorrelationShift(window, older.Length, now, before, z, 2 * NormalDistribution.Cumulative(-Math.Abs(z)));
    }
}
