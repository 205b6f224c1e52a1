using Mts.Core.Market;

namespace Mts.Engine;

/// <summary>Walks several series in time: the instants at which bars close, then those at which bars open.</summary>
internal sealed class Timeline
{
    private readonly BarSeries[] series;
    private readonly long length;
    private readonly int[] opened;
    private readonly int[] closed;

    public Timeline(IReadOnlyList<BarSeries> all)
    {
        series = [.. all];
        length = series[0].Key.Interval.Micros;
        opened = new int[series.Length];
        closed = new int[series.Length];
    }

    /// <summary>The next instant at which something closes or opens; <see cref="long.MaxValue"/> at the end.</summary>
    public long Next()
    {
        var next = long.MaxValue;
        for (var i = 0; i < series.Length; i++)
        {
            if (closed[i] < opened[i]) next = Math.Min(next, series[i].OpenTimes[closed[i]] + length);
            else if (opened[i] < series[i].Length) next = Math.Min(next, series[i].OpenTimes[opened[i]]);
        }

        return next;
    }

    /// <returns>Index of the bar that closes now, or −1.</returns>
    public int Close(int instrument, long now)
    {
        var bar = closed[instrument];
        if (bar >= opened[instrument] || series[instrument].OpenTimes[bar] + length != now) return -1;
        return closed[instrument]++;
    }

    /// <returns>Index of the bar that opens now, or −1.</returns>
    public int Open(int instrument, long now)
    {
        var bar = opened[instrument];
        if (bar >= series[instrument].Length || series[instrument].OpenTimes[bar] != now) return -1;
        return opened[instrument]++;
    }

    /// <summary>How many bars of the instrument have closed.</summary>
    public int ClosedBars(int instrument) => closed[instrument];

    public bool HasMore(int instrument) => opened[instrument] < series[instrument].Length;
}
