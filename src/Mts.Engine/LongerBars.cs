using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Quality;

namespace Mts.Engine;

/// <summary>Bars of a longer interval beside the run's own. They are made of the bars that have closed, when a strategy looks: what has not happened cannot be in them, and who does not look pays nothing.</summary>
internal sealed class LongerBars
{
    private readonly BarCursor cursor;
    private readonly BarMerger merger;
    private readonly BarSeriesBuilder bars = new();
    private BarSeries closed;
    private int taken;

    /// <exception cref="Core.ConfigurationException">The interval is no multiple of the run's.</exception>
    public LongerBars(BarCursor cursor, Interval interval)
    {
        this.cursor = cursor;
        var series = cursor.Series;
        merger = new BarMerger(series.Key.Interval, interval, series.HasVolume);
        closed = bars.View(series.Key with { Interval = interval }, series.HasVolume);
    }

    public PastBars Past()
    {
        CatchUp();
        return new PastBars(closed, closed.Length);
    }

    public bool HasClosedAt(long now)
    {
        CatchUp();
        return closed.Length > 0 && closed.CloseTime(closed.Length - 1).Micros == now;
    }

    private void CatchUp()
    {
        var (series, count) = (cursor.Series, cursor.Closed);
        while (taken < count)
        {
            if (merger.TryAdd(series[taken++], out var bar)) bars.Add(bar);
        }

        if (bars.Count > closed.Length) closed = bars.View(closed.Key, closed.HasVolume);
    }
}
