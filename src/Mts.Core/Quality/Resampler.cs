using Mts.Core.Market;

namespace Mts.Core.Quality;

/// <summary>Makes longer bars of shorter ones: exact, complete buckets only, gaps stay gaps.</summary>
public static class Resampler
{
    /// <returns>The longer bars, and the number of buckets left out because bars were missing in them.</returns>
    /// <exception cref="ConfigurationException">The longer interval is no multiple of the shorter one.</exception>
    public static (BarSeries Series, int IncompleteBuckets) Resample(BarSeries series, Interval to)
    {
        var from = series.Key.Interval;
        if (to.Micros <= from.Micros || to.Micros % from.Micros != 0)
            throw new ConfigurationException($"{to} bars cannot be made of {from} bars; choose a multiple of {from}.");
        var perBucket = (int)(to.Micros / from.Micros);
        var result = new BarSeriesBuilder(series.Length / perBucket);
        var incomplete = 0;
        for (var start = 0; start < series.Length;)
        {
            var bucket = to.Floor(new Timestamp(series.OpenTimes[start]));
            var end = series.LowerBound(new Timestamp(bucket.Micros + to.Micros));
            if (end - start == perBucket) result.Add(Merge(series, start, end, bucket));
            else incomplete++;
            start = end;
        }

        return (result.Build(series.Key with { Interval = to }, series.HasVolume), incomplete);
    }

    private static Bar Merge(BarSeries series, int start, int end, Timestamp openTime)
    {
        var (high, low, volume) = (double.MinValue, double.MaxValue, 0m);
        for (var i = start; i < end; i++)
        {
            high = Math.Max(high, series.Highs[i]);
            low = Math.Min(low, series.Lows[i]);
            if (series.HasVolume) volume += (decimal)series.Volumes[i];
        }

        return new Bar(openTime, series.Opens[start], high, low, series.Closes[end - 1], series.HasVolume ? (double)volume : double.NaN);
    }
}
