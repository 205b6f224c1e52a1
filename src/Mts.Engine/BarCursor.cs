using System.Runtime.CompilerServices;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Engine;

/// <summary>Walks one series in time: a bar opens, then it closes, then the next one opens, at once or after a hole.</summary>
internal sealed class BarCursor
{
    // Many series of six columns each are more than a processor fetches ahead; read some bars at a time, their columns come together.
    private const int BlockLength = 32;

    private readonly SliceBar[] block = new SliceBar[BlockLength];
    private BarSeries series;
    private readonly long length;
    private readonly int instrument;
    private int current;
    private int opened;
    private int blockStart;
    private int blockEnd;

    /// <param name="series">Of the instrument.</param>
    /// <param name="instrument">Its index in the run.</param>
    public BarCursor(BarSeries series, int instrument)
    {
        (this.series, this.instrument) = (series, instrument);
        length = series.Key.Interval.Micros;
        Next = series.Length > 0 ? series[0].OpenTime.Micros : long.MaxValue;
    }

    /// <summary>The bars there are.</summary>
    public BarSeries Series => series;

    /// <summary>The bar under way; after <see cref="Close"/> the one that has closed.</summary>
    public Bar Bar => block[current].Bar;

    /// <summary>The same where it stands until the next one opens: a copy of each is a tenth of the loop.</summary>
    public ref readonly SliceBar Standing => ref block[current];

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Open()
    {
        var at = opened++;
        if (at >= blockEnd) Fill(at);
        current = at - blockStart;
        IsOpen = true;
        Next = length > 0 ? block[current].Bar.OpenTime.Micros + length : series.CloseTimes[at];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Close()
    {
        IsOpen = false;
        Next = opened < blockEnd ? block[opened - blockStart].Bar.OpenTime.Micros : opened < series.Length ? series.OpenTimes[opened] : long.MaxValue;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(int from)
    {
        (blockStart, blockEnd) = (from, Math.Min(series.Length, from + BlockLength));
        var times = series.OpenTimes[from..blockEnd];
        var opens = series.Opens[from..blockEnd];
        var highs = series.Highs[from..blockEnd];
        var lows = series.Lows[from..blockEnd];
        var closes = series.Closes[from..blockEnd];
        var volumes = series.Volumes[from..blockEnd];
        for (var i = 0; i < times.Length; i++) block[i] = new SliceBar(instrument, new Bar(new Timestamp(times[i]), opens[i], highs[i], lows[i], closes[i], volumes[i]));
    }
}
