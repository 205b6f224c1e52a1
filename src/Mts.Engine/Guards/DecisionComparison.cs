using System.Globalization;
using Mts.Core.Market;
using Mts.Core.Signals;

namespace Mts.Engine.Guards;

/// <summary>Holds the decisions of two runs over the same instants against each other.</summary>
internal static class DecisionComparison
{
    /// <param name="plain">As the run was.</param>
    /// <param name="changed">With something changed that must not matter.</param>
    /// <param name="from">First instant that counts.</param>
    /// <param name="until">Last instant that counts.</param>
    /// <param name="symbols">By instrument.</param>
    /// <returns>Null where they agree.</returns>
    public static GuardEvidence? Differ(DecisionLog plain, DecisionLog changed, Timestamp from, Timestamp until, IReadOnlyList<string> symbols)
    {
        GuardEvidence? first = null;
        var (instants, i, j) = (0, Skip(plain, from), Skip(changed, from));
        until = Until(plain, Until(changed, until));
        while (true)
        {
            var (a, b) = (At(plain, i, until), At(changed, j, until));
            if (a is null && b is null) break;
            var time = a is null ? b!.Time : b is null || a.Time <= b.Time ? a.Time : b.Time;
            var (endA, endB) = (End(plain, i, time), End(changed, j, time));
            var same = endA - i == endB - j;
            for (var k = 0; same && k < endA - i; k++) same = DecisionLog.Same(plain.Signals[i + k], changed.Signals[j + k]);
            if (!same)
            {
                instants++;
                first ??= Evidence(plain, i, endA, changed, j, endB, time, symbols);
            }

            (i, j) = (endA, endB);
        }

        return first is null ? Fault(plain, changed, until) : first with { Instants = instants };
    }

    // Nothing can be compared once a run has failed.
    private static Timestamp Until(DecisionLog log, Timestamp until) => log.Fault is { } fault && fault.Time < until ? new Timestamp(fault.Time.Micros - 1) : until;

    private static GuardEvidence? Fault(DecisionLog plain, DecisionLog changed, Timestamp until)
    {
        var ends = until.Micros + 1;
        var (a, b) = (plain.Fault is { } f && f.Time.Micros == ends ? f.Words : null, changed.Fault is { } g && g.Time.Micros == ends ? g.Words : null);
        return a == b ? null : new GuardEvidence(new Timestamp(ends), "", null, a is null ? "went on" : $"failed: {a}", b is null ? "went on" : $"failed: {b}", 1);
    }

    private static int Skip(DecisionLog log, Timestamp from)
    {
        var i = 0;
        while (i < log.Signals.Count && log.Signals[i].Time < from) i++;
        return i;
    }

    private static Signal? At(DecisionLog log, int index, Timestamp until) => index < log.Signals.Count && log.Signals[index].Time <= until ? log.Signals[index] : null;

    private static int End(DecisionLog log, int index, Timestamp time)
    {
        while (index < log.Signals.Count && log.Signals[index].Time == time) index++;
        return index;
    }

    private static GuardEvidence Evidence(DecisionLog plain, int i, int endA, DecisionLog changed, int j, int endB, Timestamp time, IReadOnlyList<string> symbols)
    {
        while (i < endA && j < endB && DecisionLog.Same(plain.Signals[i], changed.Signals[j])) (i, j) = (i + 1, j + 1);
        var (a, b) = (i < endA ? plain.Signals[i] : null, j < endB ? changed.Signals[j] : null);
        var instrument = (a ?? b)!.Instrument;
        return new GuardEvidence(time, (a ?? b)!.Strategy, instrument >= 0 && instrument < symbols.Count ? symbols[instrument] : null, Words(a), Words(b), 1);
    }

    private static string Words(Signal? signal)
    {
        if (signal is null) return "nothing";
        var words = $"{signal.Direction.ToString().ToUpperInvariant()} size {Number(signal.PositionSize)} at {Number(signal.Price)}";
        if (signal.Stop is { } stop) words += $" stop {Number(stop)}";
        if (signal.Target is { } target) words += $" target {Number(target)}";
        if (signal.Horizon is { } horizon) words += $" for {horizon}";
        return words + (signal.Strength == 1 && signal.Confidence == 1 ? "" : $" strength {Number(signal.Strength)} confidence {Number(signal.Confidence)}");

        static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
    }
}
