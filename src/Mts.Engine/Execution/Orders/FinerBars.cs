using Mts.Core.Market;

namespace Mts.Engine.Execution.Orders;

/// <summary>The finer bars under the bars of a run; where one of them is missing its bar is taken as it is.</summary>
internal sealed class FinerBars
{
    private readonly BarSeries?[] series;
    private readonly int[] first;
    private readonly bool[] isWhole;
    private readonly int perBar;

    /// <param name="series">By instrument; null where there is none.</param>
    /// <param name="interval">Of the run.</param>
    /// <param name="finer">Shorter by a whole factor; null for none.</param>
    public FinerBars(BarSeries?[] series, Interval interval, Interval? finer)
    {
        this.series = series;
        (first, isWhole) = (new int[series.Length], new bool[series.Length]);
        Length = finer?.Micros ?? interval.Micros;
        perBar = finer is null ? 1 : (int)(interval.Micros / Length);
        Missing = new long[series.Length];
    }

    /// <summary>Of a finer bar, microseconds.</summary>
    public long Length { get; }

    /// <summary>Bars without all of their finer ones, by instrument; those at which something could happen.</summary>
    public long[] Missing { get; }

    /// <summary>Bars have opened.</summary>
    /// <returns>In how many steps they are walked through.</returns>
    public int Begin(ReadOnlySpan<int> instruments, BarCursor[] cursors)
    {
        if (perBar == 1) return 1;
        foreach (var i in instruments)
        {
            var open = cursors[i].Bar.OpenTime;
            isWhole[i] = false;
            if (series[i] is { } bars)
            {
                first[i] = bars.LowerBound(open);
                var last = first[i] + perBar - 1;
                isWhole[i] = last < bars.Length && bars.OpenTimes[first[i]] == open.Micros && bars.OpenTimes[last] == open.Micros + ((perBar - 1) * Length);
            }

            if (!isWhole[i]) Missing[i]++;
        }

        return perBar;
    }

    /// <returns>False where the instrument has no bar of its own at this step.</returns>
    public bool TryBar(int instrument, BarCursor cursor, int step, out Bar bar, out long close)
    {
        if (perBar > 1 && isWhole[instrument])
        {
            bar = series[instrument]![first[instrument] + step];
            close = bar.OpenTime.Micros + Length;
            return true;
        }

        bar = cursor.Bar;
        close = cursor.Next;
        return step == 0;
    }
}
