using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Engine.Guards;

/// <summary>Which stretches of a run are run again. It follows from the lengths alone, so that the same run is always judged alike.</summary>
/// <remarks>
/// Three stretches of a quarter of a per cent of the bars, at the beginning, in the middle and at the end: the first costs one more run, the others two each, 1.25 % in all.
/// A stretch holds several times the warm-up. Where three would cost too much, the first is made longer and stands alone.
/// </remarks>
internal static class GuardPlan
{
    /// <summary>Least length of a stretch; runs of up to some thousand bars are covered nearly whole.</summary>
    public const int Least = 500;

    private const int WarmUps = 4;
    private const double Share = 0.0025;
    private const double LongestShare = 0.08;

    // Of each stretch three quarters are compared; then the market turns into another one.
    private const double TurnsAt = 0.75;

    // Up to here one more run of each stretch is a fraction of a millisecond.
    private const int ShortBars = 100_000;

    public static IReadOnlyList<GuardSegment> Of(BacktestInputs inputs, IReadOnlyList<IStrategy> strategies)
    {
        var series = inputs.Instruments.Select(i => i.Series).MaxBy(s => s.Length)!;
        var (bars, before) = (series.Length, series.LowerBound(inputs.Start));
        var warmUp = Math.Min(strategies.Max(s => s.Needs.WarmUpAt(series.Key.Interval)), bars);
        var length = Math.Max(Math.Max(Least, (int)(bars * Share)), WarmUps * warmUp);
        var most = Math.Max(3 * Least, (int)(bars * LongestShare));
        var first = Math.Min(bars, before + length);
        if (length > most / 2) return [Segment(series, before, 0, Math.Min(first, Math.Max(most, before + (2 * warmUp))))];
        var (middle, last) = (Math.Max(before, (bars - length) / 2), bars - length);
        if (bars < 2 * length) return [Segment(series, before, 0, first), .. bars > first ? [Segment(series, before, last, length)] : (GuardSegment[])[]];
        // Of a long warm-up and a short range the last stretch is all of the range.
        return [Segment(series, before, 0, first), .. middle < last ? [Segment(series, before, middle, length)] : (GuardSegment[])[], Segment(series, before, last, length)];
    }

    /// <summary>Whether the whole run is so short that each stretch is also run with an early turn.</summary>
    public static bool IsShort(BacktestInputs inputs) => inputs.Instruments.Sum(i => (long)i.Series.Length) <= ShortBars;

    /// <summary>The same stretch, which turns into another market after the first quarter of what of it lies in the range, from <paramref name="start"/> on.</summary>
    public static GuardSegment TurnedSoon(GuardSegment segment, Timestamp start)
    {
        var begin = Math.Max(segment.Start.Micros, start.Micros);
        return segment with { Turn = new Timestamp(begin + ((segment.Until.Micros - begin) / 4)) };
    }

    // Nothing is decided before the range, so the turn is three quarters through what of the stretch lies in it.
    private static GuardSegment Segment(BarSeries series, int before, int from, int length)
    {
        var begin = Math.Min(Math.Max(from, before), from + length - 1);
        var turn = begin + (int)((from + length - begin) * TurnsAt);
        return new GuardSegment(new Timestamp(series.OpenTimes[from]), series.CloseTime(from + length - 1), new Timestamp(series.OpenTimes[turn]), length);
    }
}
