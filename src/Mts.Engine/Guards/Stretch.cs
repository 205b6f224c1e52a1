using Mts.Core.Market;

namespace Mts.Engine.Guards;

/// <summary>One series' part of a segment: as it was, as it goes on in another market, and as a strategy is shown it.</summary>
internal sealed class Stretch
{
    // Bars behind the segment that are hidden one and all; from there on some.
    private const int Near = 512;
    private const int Far = 2_048;

    private readonly BarSeries original;
    private readonly int from;
    private readonly BarSeries dense;
    private readonly Bar[] far;
    private readonly int[] farAt;

    /// <param name="original">The run's series, which the stretch may write to between <see cref="Hide"/> and <see cref="Restore"/>.</param>
    /// <param name="segment">Which part.</param>
    /// <param name="disguise">What the other market is drawn from.</param>
    public Stretch(BarSeries original, GuardSegment segment, Disguise disguise)
    {
        this.original = original;
        from = original.LowerBound(segment.Start);
        Length = original.LowerBound(segment.Until) - from;
        Turn = original.LowerBound(segment.Turn) - from;
        var count = Math.Min(original.Length - from, Length + Near);
        (dense, Shown, Truth, Diverted) = (Copy(count), Copy(count), Copy(Length), Copy(Length));
        OtherMarket.Turn(Diverted, Turn, disguise, from);
        var step = Math.Max(1, (original.Length - from - count) / Far);
        farAt = [.. FarPlaces(from + count, step, disguise)];
        far = [.. farAt.Select(i => original[i])];
    }

    /// <summary>Bars in the segment.</summary>
    public int Length { get; }

    /// <summary>The first bar, counted from the segment's first, that is not as it was in <see cref="Diverted"/>.</summary>
    public int Turn { get; }

    /// <summary>A copy of the segment.</summary>
    public BarSeries Truth { get; }

    /// <summary>The same up to the turn, then another market.</summary>
    public BarSeries Diverted { get; }

    /// <summary>What a veiled strategy sees as the past; disguised where it has not been shown yet.</summary>
    public BarSeries Shown { get; }

    /// <summary>Hides the segment and what follows it, wherever the run's own series is held.</summary>
    public void Hide(Disguise disguise)
    {
        var copy = new Columns(Shown);
        var own = new Columns(original);
        for (var i = 0; i < dense.Length; i++)
        {
            var bar = disguise.Of(dense[i], from + i);
            copy.Set(i, bar);
            own.Set(from + i, bar);
        }

        // The last bar of all, too, rises in one segment and falls in the next.
        for (var i = 0; i < far.Length; i++) own.Set(farAt[i], Disguise.Extreme(far[i], (far.Length - 1 - i + disguise.Number) % 2 == 0));
    }

    /// <summary>The bar has closed.</summary>
    public void Reveal(int index)
    {
        var bar = Diverted[index];
        new Columns(Shown).Set(index, bar);
        new Columns(original).Set(from + index, bar);
    }

    public void Restore()
    {
        var own = new Columns(original);
        for (var i = 0; i < dense.Length; i++) own.Set(from + i, dense[i]);
        for (var i = 0; i < far.Length; i++) own.Set(farAt[i], far[i]);
    }

    private IEnumerable<int> FarPlaces(int first, int step, Disguise disguise)
    {
        for (var i = first + (int)(disguise.Unit(first, 15) * step); i < original.Length - 1; i += step) yield return i;
        if (first < original.Length) yield return original.Length - 1;
    }

    private BarSeries Copy(int count) => count == 0 ? original.Slice(Timestamp.MaxValue, Timestamp.MaxValue) : original.Slice(
        new Timestamp(original.OpenTimes[from]), from + count < original.Length ? new Timestamp(original.OpenTimes[from + count]) : Timestamp.MaxValue);
}
