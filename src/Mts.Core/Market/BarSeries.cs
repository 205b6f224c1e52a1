using System.Runtime.CompilerServices;

namespace Mts.Core.Market;

/// <summary>Bars of one instrument and interval, column by column, oldest first, open times strictly rising.</summary>
public sealed class BarSeries
{
    private readonly long[] openTimes;
    private readonly double[] open;
    private readonly double[] high;
    private readonly double[] low;
    private readonly double[] close;
    private readonly double[] volume;
    private readonly long[] closeTimes = [];

    /// <summary>Takes ownership of the columns; the first <paramref name="length"/> values of each count.</summary>
    /// <exception cref="ArgumentException">Columns shorter than the length, or open times that do not rise.</exception>
    public BarSeries(SeriesKey key, bool hasVolume, int length, long[] openTimes, double[] open, double[] high, double[] low, double[] close, double[] volume)
    {
        if (openTimes.Length < length || open.Length < length || high.Length < length || low.Length < length || close.Length < length || volume.Length < length)
            throw new ArgumentException("A column is shorter than the series.", nameof(length));
        for (var i = 1; i < length; i++)
        {
            if (openTimes[i] <= openTimes[i - 1])
                throw new ArgumentException($"Open times must rise: {new Timestamp(openTimes[i])} follows {new Timestamp(openTimes[i - 1])}.", nameof(openTimes));
        }

        Key = key;
        HasVolume = hasVolume;
        Length = length;
        (this.openTimes, this.open, this.high, this.low, this.close, this.volume) = (openTimes, open, high, low, close, volume);
    }

    /// <summary>Bars of <see cref="Interval.Irregular"/>, each with its close time; the next one opens later.</summary>
    /// <exception cref="ArgumentException">Columns shorter than the length, or times that do not rise.</exception>
    public BarSeries(SeriesKey key, bool hasVolume, int length, long[] openTimes, long[] closeTimes, double[] open, double[] high, double[] low, double[] close, double[] volume)
        : this(key, hasVolume, length, openTimes, open, high, low, close, volume)
    {
        if (closeTimes.Length < length || key.Interval != Interval.Irregular) throw new ArgumentException("Close times are of irregular bars, one each.", nameof(closeTimes));
        for (var i = 0; i < length; i++)
        {
            if (closeTimes[i] < openTimes[i] || (i > 0 && openTimes[i] <= closeTimes[i - 1]))
                throw new ArgumentException($"A bar closes after it opens and before the next one does: {new Timestamp(openTimes[i])} to {new Timestamp(closeTimes[i])} does not.", nameof(closeTimes));
        }

        this.closeTimes = closeTimes;
    }

    private BarSeries(SeriesKey key, bool hasVolume, int length, (long[] Times, double[] Open, double[] High, double[] Low, double[] Close, double[] Volume) columns)
    {
        (Key, HasVolume, Length) = (key, hasVolume, length);
        (openTimes, open, high, low, close, volume) = columns;
    }

    public SeriesKey Key { get; }

    /// <summary>False where the source has no per-bar volume; a strategy that needs it refuses such a series.</summary>
    public bool HasVolume { get; }

    public int Length { get; }

    /// <summary>Unix microseconds.</summary>
    public ReadOnlySpan<long> OpenTimes => openTimes.AsSpan(0, Length);

    public ReadOnlySpan<double> Opens => open.AsSpan(0, Length);

    public ReadOnlySpan<double> Highs => high.AsSpan(0, Length);

    public ReadOnlySpan<double> Lows => low.AsSpan(0, Length);

    public ReadOnlySpan<double> Closes => close.AsSpan(0, Length);

    public ReadOnlySpan<double> Volumes => volume.AsSpan(0, Length);

    public Bar this[int index]
    {
        // Inlined, its six values go straight to where the bar is wanted.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Length, nameof(index));
            return new(new Timestamp(openTimes[index]), open[index], high[index], low[index], close[index], volume[index]);
        }
    }

    /// <summary>Unix microseconds; empty unless the bars are irregular.</summary>
    public ReadOnlySpan<long> CloseTimes => closeTimes.AsSpan(0, Math.Min(closeTimes.Length, Length));

    public Timestamp CloseTime(int index) => closeTimes.Length > 0 ? new Timestamp(CloseTimes[index]) : Key.Interval.End(new Timestamp(OpenTimes[index]));

    /// <summary>How many bars have closed at <paramref name="time"/> or before.</summary>
    public int ClosedBy(Timestamp time)
    {
        var (low, high) = (0, Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (CloseTime(middle) <= time) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>Over columns whose order has been seen to already.</summary>
    internal static BarSeries Over(SeriesKey key, bool hasVolume, int length, long[] openTimes, double[] open, double[] high, double[] low, double[] close, double[] volume) =>
        new(key, hasVolume, length, (openTimes, open, high, low, close, volume));

    public static BarSeries From(SeriesKey key, bool hasVolume, IReadOnlyCollection<Bar> bars)
    {
        var builder = new BarSeriesBuilder(bars.Count);
        foreach (var bar in bars) builder.Add(bar);
        return builder.Build(key, hasVolume);
    }

    /// <summary>The bars with <paramref name="from"/> ≤ open time &lt; <paramref name="until"/>; the columns are copied.</summary>
    public BarSeries Slice(Timestamp from, Timestamp until)
    {
        var first = LowerBound(from);
        var count = Math.Max(0, LowerBound(until) - first);
        return closeTimes.Length > 0
            ? new BarSeries(Key, HasVolume, count, Cut(openTimes), Cut(closeTimes), Cut(open), Cut(high), Cut(low), Cut(close), Cut(volume))
            : new BarSeries(Key, HasVolume, count, Cut(openTimes), Cut(open), Cut(high), Cut(low), Cut(close), Cut(volume));

        T[] Cut<T>(T[] column) => column.AsSpan(first, count).ToArray();
    }

    /// <summary>Index of the first bar that opens at <paramref name="time"/> or later.</summary>
    public int LowerBound(Timestamp time)
    {
        var (low, high) = (0, Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (openTimes[middle] < time.Micros) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
