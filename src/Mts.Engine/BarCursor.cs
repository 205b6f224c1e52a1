using Mts.Core.Market;

namespace Mts.Engine;

/// <summary>Walks one series in time: a bar opens, then it closes, then the next one opens, at once or after a hole.</summary>
internal sealed class BarCursor
{
    private BarSeries series;
    private readonly long length;
    private Bar bar;
    private int opened;

    public BarCursor(BarSeries series)
    {
        this.series = series;
        length = series.Key.Interval.Micros;
        Next = series.Length > 0 ? series[0].OpenTime.Micros : long.MaxValue;
    }

    /// <summary>The bars there are.</summary>
    public BarSeries Series => series;

    /// <summary>The bar under way; after <see cref="Close"/> the one that has closed.</summary>
    public ref readonly Bar Bar => ref bar;

    /// <summary>When the bar under way closes or the next one opens, Unix microseconds; <see cref="long.MaxValue"/> at the end.</summary>
    public long Next { get; private set; }

    public bool IsOpen { get; private set; }

    /// <summary>How many bars have closed.</summary>
    public int Closed => IsOpen ? opened - 1 : opened;

    /// <summary>Goes on along the same series, grown at its end.</summary>
    public void Extend(BarSeries grown)
    {
        series = grown;
        if (!IsOpen && opened < grown.Length) Next = grown.OpenTimes[opened];
    }

    public void Open()
    {
        bar = series[opened++];
        IsOpen = true;
        Next = bar.OpenTime.Micros + length;
    }

    public void Close()
    {
        IsOpen = false;
        Next = opened < series.Length ? series.OpenTimes[opened] : long.MaxValue;
    }
}
