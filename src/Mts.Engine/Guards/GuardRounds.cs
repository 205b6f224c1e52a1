using Mts.Core.Market;
using Mts.Core.Signals;

namespace Mts.Engine.Guards;

/// <summary>Runs the segments of a run again, veiled and plain, and draws the verdicts.</summary>
internal sealed class GuardRounds(GuardedRun run, IReadOnlyList<Signal> signals, CancellationToken cancellationToken)
{
    private readonly string[] symbols = [.. run.Inputs.Instruments.Select(i => i.Series.Key.Symbol.ToString())];
    private readonly Foresight foresight = new();
    private readonly Foresight longForesight = new();
    private readonly LevelForesight levels = new();
    private readonly LevelForesight longLevels = new();
    private readonly Suspicions suspicions = new();
    private readonly WarmUpWatch warmUp = new();
    private readonly Dictionary<(int Instrument, string Strategy), Signal> standing = [];
    private int passed;
    private int instants;
    private int decisions;

    public GuardReport Report()
    {
        var strategies = run.Make();
        var segments = GuardPlan.Of(run.Inputs, strategies);
        var warmUpBars = strategies.Max(s => s.Needs.WarmUpAt(run.Inputs.Instruments[0].Series.Key.Interval));
        var isShort = GuardPlan.IsShort(run.Inputs);
        for (var i = 0; i < segments.Count; i++)
        {
            Look(segments[i], i, warmUpBars);
            if (isShort) LookElsewhere(GuardPlan.TurnedSoon(segments[i], run.Inputs.Start), segments.Count + i);
        }

        var told = foresight.Find() ?? longForesight.Find() ?? levels.Find() ?? longLevels.Find();
        if (told is not null) suspicions.Elsewhere(told, strategies[0].Name, segments[0].Turn);
        return new GuardReport
        {
            Segments = segments,
            Instants = instants,
            Decisions = decisions,
            LookAhead = suspicions.LookAhead(instants),
            Macro = suspicions.Macro(run.Inputs.Macro.Count > 0 || run.Inputs.Instruments.Any(d => d.Funding is not null)),
            Determinism = suspicions.Determinism(),
            WarmUp = warmUp.Finding(),
        };
    }

    private void Look(GuardSegment segment, int number, int warmUpBars)
    {
        var runs = new SegmentRuns(run, segment, new Disguise(number), cancellationToken);
        var veiled = runs.Veiled(Hidden.All);
        // The first segment begins as the run does: the run itself is what it is held against, unless there are orders, which it does not list.
        var plain = number == 0 && !veiled.HasOrders ? Actual(segment) : runs.Plain();
        if (Differ(plain, veiled, segment.Turn) is { } evidence) Examine(runs, segment, plain, veiled, evidence);
        Count(veiled, segment);
        Foretold(foresight, levels, runs, veiled);
        if (number > 0) warmUp.Compare([.. plain.Signals], Within(segment), runs.Stretches, warmUpBars, symbols);
    }

    // In a short run the last quarters are few bars: knowledge that is used at some of them only would not stand out from chance.
    private void LookElsewhere(GuardSegment segment, int number)
    {
        var runs = new SegmentRuns(run, segment, new Disguise(number), cancellationToken);
        Foretold(longForesight, longLevels, runs, runs.Veiled(Hidden.All));
    }

    private DecisionLog Actual(GuardSegment segment)
    {
        var log = new DecisionLog(run.Inputs.Start, segment.Turn);
        log.Decisions.AddRange(signals.TakeWhile(s => s.Time <= segment.Until).Select(Decision.Of));
        return log;
    }

    // Of the whole run: what stood when the segment began, and what was said in it.
    private List<Signal> Within(GuardSegment segment)
    {
        Signal? last = null;
        for (; passed < signals.Count && signals[passed].Time <= segment.Start; passed++)
        {
            // Most signals follow one of their own strategy and instrument, and only the last of them stands.
            var signal = signals[passed];
            if (last is not null && (signal.Instrument != last.Instrument || !ReferenceEquals(signal.Strategy, last.Strategy))) Stand(last);
            last = signal;
        }

        if (last is not null) Stand(last);
        return [.. standing.Values, .. signals.Skip(passed).TakeWhile(s => s.Time <= segment.Until)];
    }

    private void Stand(Signal signal) => standing[(signal.Instrument, signal.Strategy)] = signal;

    // What else differs tells what it is: the same run again, or what alone was hidden.
    private void Examine(SegmentRuns runs, GuardSegment segment, DecisionLog plain, DecisionLog veiled, GuardEvidence evidence)
    {
        if (Differ(veiled, runs.Veiled(Hidden.All), segment.Until) is { } shaky)
        {
            suspicions.Shaky(shaky);
            return;
        }

        if (Differ(plain, runs.Plain(), segment.Turn) is { } kept)
        {
            suspicions.Kept(kept);
            return;
        }

        var bars = Differ(plain, runs.Veiled(Hidden.Bars), segment.Turn);
        var macro = (run.Inputs.Macro.Count > 0 ? Differ(plain, runs.Veiled(Hidden.Macro), segment.Turn) : null)
            ?? (run.Inputs.Instruments.Any(d => d.Funding is not null) ? Differ(plain, runs.Veiled(Hidden.Funding), segment.Turn) : null);
        if (macro is not null) suspicions.EarlyMacro(macro);
        if (bars is not null || macro is null) suspicions.Ahead(bars ?? evidence);
    }

    private void Count(DecisionLog veiled, GuardSegment segment)
    {
        instants += veiled.Asked;
        decisions += veiled.Decisions.Count(d => d.Time >= run.Inputs.Start && d.Time <= segment.Turn);
    }

    private static void Foretold(Foresight foresight, LevelForesight levels, SegmentRuns runs, DecisionLog veiled)
    {
        foreach (var wanted in veiled.Signals.GroupBy(s => new Speaker(s.Instrument, s.Strategy)).Where(g => g.Key.Instrument >= 0 && g.Key.Instrument < runs.Stretches.Length))
            foresight.Add(runs.Stretches[wanted.Key.Instrument], [.. wanted.Select(s => (s.Time, (int)s.Direction * s.PositionSize))]);
        foreach (var held in veiled.Held.GroupBy(h => h.Who))
            foresight.AddHeld(runs.Stretches[held.Key.Instrument], [.. held.Select(h => (h.Time, h.Direction))]);
        foreach (var named in veiled.Decisions.Where(d => d.Instrument >= 0 && d.Instrument < runs.Stretches.Length).GroupBy(d => d.Instrument)) levels.Add(runs.Stretches[named.Key], named);
    }

    private GuardEvidence? Differ(DecisionLog a, DecisionLog b, Timestamp until) => DecisionComparison.Differ(a, b, run.Inputs.Start, until, symbols);
}
