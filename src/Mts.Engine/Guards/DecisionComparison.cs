using System.Runtime.InteropServices;
using Mts.Core.Market;

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
        var (a, b) = (plain.Decisions, changed.Decisions);
        var (instants, i, j) = (0, Skip(a, from), Skip(b, from));
        until = Until(plain, Until(changed, until));
        while (true)
        {
            var (left, right) = (TimeAt(a, i, until), TimeAt(b, j, until));
            if (left is null && right is null) break;
            var time = left is null ? right!.Value : right is null || left <= right ? left.Value : right.Value;
            var (endA, endB) = (End(a, i, time), End(b, j, time));
            var same = endA - i == endB - j;
            for (var k = 0; same && k < endA - i; k++) same = Decision.Same(a[i + k], b[j + k]);
            if (!same)
            {
                instants++;
                first ??= Evidence(CollectionsMarshal.AsSpan(a)[i..endA], CollectionsMarshal.AsSpan(b)[j..endB], time, symbols);
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

    private static int Skip(List<Decision> decisions, Timestamp from)
    {
        var i = 0;
        while (i < decisions.Count && decisions[i].Time < from) i++;
        return i;
    }

    private static Timestamp? TimeAt(List<Decision> decisions, int index, Timestamp until) => index < decisions.Count && decisions[index].Time <= until ? decisions[index].Time : null;

    private static int End(List<Decision> decisions, int index, Timestamp time)
    {
        while (index < decisions.Count && decisions[index].Time == time) index++;
        return index;
    }

    private static GuardEvidence Evidence(ReadOnlySpan<Decision> plain, ReadOnlySpan<Decision> changed, Timestamp time, IReadOnlyList<string> symbols)
    {
        var i = 0;
        while (i < plain.Length && i < changed.Length && Decision.Same(plain[i], changed[i])) i++;
        var one = i < plain.Length ? plain[i] : changed[i];
        var symbol = one.Instrument >= 0 && one.Instrument < symbols.Count ? symbols[one.Instrument] : null;
        return new GuardEvidence(time, one.Strategy, symbol, i < plain.Length ? plain[i].Words() : "nothing", i < changed.Length ? changed[i].Words() : "nothing", 1);
    }
}
