using System.Globalization;
using Mts.Core.Market;
using Mts.Core.Signals;

namespace Mts.Engine.Guards;

/// <summary>How long what a strategy says depends on the bar at which it began: the run is held against runs that begin later.</summary>
/// <remarks>
/// Positions wanted are compared, from the first close after the warm-up at which both want the same: what was entered before
/// the later run began is no fault of a warm-up. A warm-up is stated too small where they part again and again, in the first half of a
/// segment only, and longer than an average of that length takes to settle. Who states none claims nothing.
/// </remarks>
internal sealed class WarmUpWatch
{
    private const int Multiple = 4;
    private const int Proof = 5;

    // Sizes and levels that differ by less are not worth a word.
    private const double Tolerance = 0.01;

    private readonly List<GuardEvidence> evidence = [];
    private int compared;
    private int stated;
    private int longest;
    private int earlyPartings;
    private int lateDifferences;
    private int lateSignals;
    private double largest;

    /// <param name="later">Signals of the run that began at the segment's first bar.</param>
    /// <param name="whole">Signals of the whole run.</param>
    /// <param name="stretches">The segment.</param>
    /// <param name="warmUpBars">As the strategies state it.</param>
    /// <param name="symbols">By instrument.</param>
    public void Compare(IReadOnlyList<Signal> later, IReadOnlyList<Signal> whole, Stretch[] stretches, int warmUpBars, IReadOnlyList<string> symbols)
    {
        stated = warmUpBars;
        var (a, b) = (By(later), By(whole));
        foreach (var key in a.Keys.Union(b.Keys).OrderBy(k => k.Instrument).ThenBy(k => k.Strategy, StringComparer.Ordinal))
        {
            if (key.Instrument < 0 || key.Instrument >= stretches.Length) continue;
            if (Walk(a.GetValueOrDefault(key, []), b.GetValueOrDefault(key, []), stretches[key.Instrument].Truth) is var (first, count))
                evidence.Add(new GuardEvidence(first.Time, key.Strategy, symbols[key.Instrument], Word(first.Whole), Word(first.Later), count));
        }
    }

    public GuardFinding Finding()
    {
        if (compared == 0) return GuardFinding.Unknown("too short a run, or too few signals, to begin it later");
        if (evidence.Count == 0 && largest <= Tolerance) return GuardFinding.Pass;
        if (evidence.Count == 0)
            return new GuardFinding(GuardVerdict.Note, string.Create(CultureInfo.InvariantCulture, $"sizes or levels depend on where the run begins, by up to {largest * 100:0.#} %"), []);
        if (stated > 0 && longest > Multiple * stated && earlyPartings >= Proof && lateDifferences == 0 && lateSignals >= Proof)
            return new GuardFinding(GuardVerdict.Fail, $"its warm-up is stated as {stated} bars, but {longest} bars after it began it still decided otherwise than a run begun earlier; --warm-up {longest} begins it earlier", evidence);
        var until = lateDifferences == 0 ? $"until {longest} bars after it began" : $"still {longest} bars after it began";
        return new GuardFinding(GuardVerdict.Note, $"does not soon forget where it began: {until} it decided otherwise than a run begun earlier", evidence);
    }

    private ((Timestamp Time, Signal? Whole, Signal? Later) First, int Count)? Walk(List<Signal> later, List<Signal> whole, BarSeries series)
    {
        var (i, j, count, aligned, parted, early) = (0, 0, 0, false, false, Math.Max(stated, series.Length / 2));
        (Timestamp, Signal?, Signal?) first = default;
        Signal? said = null, saidWhole = null;
        for (var bar = 0; bar < series.Length; bar++)
        {
            var (time, before, beforeWhole) = (series.CloseTime(bar), said, saidWhole);
            for (; i < later.Count && later[i].Time <= time; i++) said = later[i];
            for (; j < whole.Count && whole[j].Time <= time; j++) saidWhole = whole[j];
            if (bar < stated) continue;
            var same = (said?.Direction ?? Direction.Flat) == (saidWhole?.Direction ?? Direction.Flat);
            aligned |= same && said is not null;
            if (!aligned) continue;
            compared++;
            if (same && said != before && saidWhole != beforeWhole) Agree(said!, saidWhole!, bar >= early);
            if (!same) Part(bar, early, isNew: !parted);
            if (!same && count++ == 0) first = (time, saidWhole, said);
            parted = !same;
        }

        return count == 0 ? null : (first, count);
    }

    private void Agree(Signal a, Signal b, bool isLate)
    {
        largest = Math.Max(largest, Math.Max(Math.Abs(a.PositionSize - b.PositionSize), Math.Max(Relative(a.Stop, b.Stop), Relative(a.Target, b.Target))));
        if (isLate) lateSignals++;
    }

    private void Part(int bar, int early, bool isNew)
    {
        longest = Math.Max(longest, bar + 1);
        if (bar >= early) lateDifferences++;
        else if (isNew) earlyPartings++;
    }

    private static Dictionary<Speaker, List<Signal>> By(IReadOnlyList<Signal> signals) =>
        signals.GroupBy(s => new Speaker(s.Instrument, s.Strategy)).ToDictionary(g => g.Key, g => g.ToList());

    private static double Relative(double? a, double? b) => a is { } x && b is { } y ? Math.Abs(x - y) / Math.Max(Math.Abs(x), Math.Abs(y)) : a is null && b is null ? 0 : 1;

    private static string Word(Signal? signal) => signal is null ? "nothing" : signal.Direction.ToString().ToUpperInvariant();
}
