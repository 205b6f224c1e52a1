using Mts.Core.Indicators;

namespace Mts.Strategies.VixCorrelation;

/// <summary>Correlations of price returns with VIX returns of the same or earlier rows, at the newest row.</summary>
/// <param name="Strongest">The one with the greatest |r|; null where none exists.</param>
/// <param name="PerWindow">The strongest of each window that has one.</param>
/// <param name="LongThreshold">At or below which to buy.</param>
/// <param name="ShortThreshold">At or above which to sell short.</param>
internal sealed record LaggedCorrelations(
    LaggedCorrelation? Strongest, IReadOnlyList<LaggedCorrelation> PerWindow, double LongThreshold, double ShortThreshold)
{
    private const int MinForQuantiles = 10;

    public int AgreeingLong => PerWindow.Count(c => c.R <= LongThreshold);

    public int AgreeingShort => PerWindow.Count(c => c.R >= ShortThreshold);

    /// <param name="price">Price returns by row.</param>
    /// <param name="vix">VIX returns by row, as many.</param>
    /// <param name="options">Windows and lags. A lag below zero would ask for a VIX that is not known yet.</param>
    public static LaggedCorrelations Of(ReadOnlySpan<double> price, ReadOnlySpan<double> vix, VixCorrelationOptions options)
    {
        var perWindow = new List<LaggedCorrelation>();
        foreach (var window in options.Windows)
        {
            LaggedCorrelation? best = null;
            for (var lag = 0; lag <= options.MaxLag; lag++)
            {
                if (At(price, vix, price.Length, window, lag) is { } r && !(Math.Abs(r) <= Math.Abs(best?.R ?? 0)))
                    best = new LaggedCorrelation(r, window, lag);
            }

            if (best is not null) perWindow.Add(best);
        }

        var strongest = perWindow.MaxBy(c => Math.Abs(c.R));
        var (low, high) = Thresholds(price, vix, strongest, options);
        return new LaggedCorrelations(strongest, perWindow, low, high);
    }

    private static double? At(ReadOnlySpan<double> price, ReadOnlySpan<double> vix, int end, int window, int lag)
    {
        var start = end - window;
        return start - lag < 0 ? null : RollingCorrelation.Of(price[start..end], vix[(start - lag)..(end - lag)]);
    }

    private static (double Long, double Short) Thresholds(
        ReadOnlySpan<double> price, ReadOnlySpan<double> vix, LaggedCorrelation? strongest, VixCorrelationOptions options)
    {
        var past = new List<double>();
        if (!options.DynamicThresholds || strongest is null) return (options.LongCorrelation, options.ShortCorrelation);
        for (var end = strongest.Window + strongest.Lag; end <= price.Length; end++)
        {
            if (At(price, vix, end, strongest.Window, strongest.Lag) is { } r) past.Add(r);
        }

        if (past.Count < MinForQuantiles) return (options.LongCorrelation, options.ShortCorrelation);
        double[] sorted = [.. past.Order()];
        return (SortedWindow.Quantile(sorted, options.LongQuantile)!.Value, SortedWindow.Quantile(sorted, options.ShortQuantile)!.Value);
    }
}

/// <param name="R">Pearson's.</param>
/// <param name="Window">Returns in it.</param>
/// <param name="Lag">Rows by which the VIX leads.</param>
internal sealed record LaggedCorrelation(double R, int Window, int Lag);
