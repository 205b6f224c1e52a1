namespace Mts.Core.Market;

/// <summary>Collects bars into columns. What has been added never changes, so that a series built before stays as it is while more bars come.</summary>
public sealed class BarSeriesBuilder(int capacity = 0)
{
    private long[] openTimes = new long[capacity];
    private double[] open = new double[capacity];
    private double[] high = new double[capacity];
    private double[] low = new double[capacity];
    private double[] close = new double[capacity];
    private double[] volume = new double[capacity];

    public int Count { get; private set; }

    public void Add(in Bar bar) => Add(bar.OpenTime.Micros, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume);

    public void Add(long openTimeMicros, double o, double h, double l, double c, double v)
    {
        if (Count == openTimes.Length) Grow();
        openTimes[Count] = openTimeMicros;
        open[Count] = o;
        high[Count] = h;
        low[Count] = l;
        close[Count] = c;
        volume[Count] = v;
        Count++;
    }

    public BarSeries Build(SeriesKey key, bool hasVolume) => new(key, hasVolume, Count, openTimes, open, high, low, close, volume);

    /// <summary>Irregular bars.</summary>
    public BarSeries Build(SeriesKey key, long[] closeTimes, bool hasVolume) => new(key, hasVolume, Count, openTimes, closeTimes, open, high, low, close, volume);

    /// <summary>The bars so far without copying them or looking at their order again: what a live series needs at every bar.</summary>
    /// <exception cref="ArgumentException">The newest bar does not open after the one before.</exception>
    public BarSeries View(SeriesKey key, bool hasVolume)
    {
        if (Count > 1 && openTimes[Count - 1] <= openTimes[Count - 2])
            throw new ArgumentException($"Open times must rise: {new Timestamp(openTimes[Count - 1])} follows {new Timestamp(openTimes[Count - 2])}.", nameof(key));
        return BarSeries.Over(key, hasVolume, Count, openTimes, open, high, low, close, volume);
    }

    private void Grow()
    {
        var size = Math.Max(256, openTimes.Length * 2);
        Array.Resize(ref openTimes, size);
        Array.Resize(ref open, size);
        Array.Resize(ref high, size);
        Array.Resize(ref low, size);
        Array.Resize(ref close, size);
        Array.Resize(ref volume, size);
    }
}
