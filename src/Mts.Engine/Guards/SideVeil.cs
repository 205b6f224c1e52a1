using Mts.Core.Market;

namespace Mts.Engine.Guards;

/// <summary>Bars beside those of a segment, finer ones or mark prices: what the engine fills at is a copy, and the run's own series is hidden until the bars above it have closed.</summary>
internal sealed class SideVeil
{
    // Behind the segment every so many are hidden; who reads further ahead meets one of them.
    private const int Far = 2_048;

    private readonly BarSeries original;
    private readonly (int Index, Bar Bar)[] hidden;
    private readonly long turn;
    private int next;

    /// <param name="original">The run's series, which is written to between <see cref="Hide"/> and <see cref="Restore"/>.</param>
    /// <param name="segment">Which part.</param>
    public SideVeil(BarSeries original, GuardSegment segment)
    {
        (this.original, turn) = (original, segment.Turn.Micros);
        var (from, until) = (original.LowerBound(segment.Start), original.LowerBound(segment.Until));
        Truth = original.Slice(segment.Start, segment.Until);
        // The other market has none: there each of its own bars is taken as it is.
        Diverted = original.Slice(segment.Start, segment.Turn);
        var step = Math.Max(1, (original.Length - until) / Far);
        hidden = [.. Enumerable.Range(from, until - from).Concat(Every(until, step)).Select(i => (i, original[i]))];
    }

    /// <summary>A copy of the segment.</summary>
    public BarSeries Truth { get; }

    /// <summary>The same up to the turn.</summary>
    public BarSeries Diverted { get; }

    public void Hide(Disguise disguise)
    {
        var own = new Columns(original);
        foreach (var (index, bar) in hidden) own.Set(index, disguise.Of(bar, index));
    }

    /// <summary>Those that have closed by now, up to the turn: what the true market did after it is not what the strategy is shown.</summary>
    public void Reveal(long now)
    {
        var own = new Columns(original);
        for (; next < hidden.Length && original.CloseTime(hidden[next].Index).Micros <= Math.Min(now, turn); next++) own.Set(hidden[next].Index, hidden[next].Bar);
    }

    public void Restore()
    {
        var own = new Columns(original);
        foreach (var (index, bar) in hidden) own.Set(index, bar);
        next = 0;
    }

    private IEnumerable<int> Every(int first, int step)
    {
        for (var i = first; i < original.Length; i += step) yield return i;
    }
}
