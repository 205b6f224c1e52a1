using Mts.Core.Market;

namespace Mts.Core.Quality;

/// <summary>Makes longer bars of shorter ones: exact, complete buckets only, gaps stay gaps.</summary>
public static class Resampler
{
    /// <returns>The longer bars, and the number of buckets left out because bars were missing in them.</returns>
    /// <exception cref="ConfigurationException">The longer interval is no multiple of the shorter one.</exception>
    public static (BarSeries Series, int IncompleteBuckets) Resample(BarSeries series, Interval to)
    {
        var merger = new BarMerger(series.Key.Interval, to, series.HasVolume);
        var result = new BarSeriesBuilder((int)(series.Length / Math.Max(1, to.Micros / series.Key.Interval.Micros)));
        for (var i = 0; i < series.Length; i++)
        {
            if (merger.TryAdd(series[i], out var longer)) result.Add(longer);
        }

        return (result.Build(series.Key with { Interval = to }, series.HasVolume), merger.IncompleteBuckets);
    }
}
