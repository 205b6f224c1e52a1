using Mts.Core.Quality;

namespace Mts.Cli.Live;

/// <summary>Makes longer bars of the one-minute bars of a stream, each as soon as its last minute has closed, by <see cref="Resampler"/> itself.</summary>
/// <param name="minutes">The series of the stream.</param>
/// <param name="to">Length of the longer bars.</param>
internal sealed class BarAssembly(SeriesKey minutes, Interval to)
{
    private BarSeriesBuilder bucket = new();
    private Timestamp bucketOpen = Timestamp.MinValue;
    private Timestamp newest = Timestamp.MinValue;

    /// <param name="minute">Closed; one that is not newer than those before is passed over.</param>
    /// <returns>The longer bar that has closed with it; null where none has, or where a minute of it is missing.</returns>
    public Bar? Add(in Bar minute)
    {
        if (minute.OpenTime <= newest) return null;
        newest = minute.OpenTime;
        if (to == Interval.Minute) return minute;
        var open = to.Floor(minute.OpenTime);
        if (open != bucketOpen) (bucket, bucketOpen) = (new BarSeriesBuilder(), open);
        bucket.Add(minute);
        if (minute.OpenTime.Micros + Interval.Minute.Micros < open.Micros + to.Micros) return null;
        var (whole, _) = Resampler.Resample(bucket.Build(minutes, hasVolume: true), to);
        return whole.Length == 1 ? whole[0] : null;
    }
}
