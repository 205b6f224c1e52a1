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
        if (length > most / 2) return [Segment(series, 0, Math.Min(first, Math.Max(most, before + (2 * warmUp))))];
        if (bars < 2 * length) return [Segment(series, 0, Math.Min(bars, before + length)), .. bars > first ? [Segment(series, bars - length, length)] : (GuardSegment[])[]];
        return [Segment(series, 0, first), Segment(series, Math.Max(before, (bars - length) / 2), length), Segment(series, bars - length, length)];
    }

    /// <summary>Whether the whole run is so short that each stretch is also run with an early turn.</summary>
    public static bool IsShort(BacktestInputs inputs) => inputs.Instruments.Sum(i => (long)i.Series.Length) <= ShortBars;

    /// <summary>The same stretch, which turns into another market after its first quarter.</summary>
    public static GuardSegment TurnedSoon(GuardSegment segment) =>
        segment with { Turn = new Timestamp(segment.Start.Micros + ((segment.Until.Micros - segment.Start.Micros) / 4)) };

    private static GuardSegment Segment(BarSeries series, int from, int length) => new(
        new Timestamp(series.OpenTimes[from]), series.CloseTime(from + length - 1), new Timestamp(series.OpenTimes[from + (int)(length * TurnsAt)]), length);
}
