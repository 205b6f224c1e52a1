using Mts.Simulator.Live;
using Mts.Simulator.Model;

namespace Mts.Simulator.Faults;

/// <summary>The live rules of one venue in one run: shares are drawn by key, times come due once or again and again.</summary>
internal sealed class LiveFaults
{
    private readonly List<Armed>[] byScope = [.. Enum.GetValues<FaultScope>().Select(_ => new List<Armed>())];

    public LiveFaults(IEnumerable<FaultPlan.Rule> rules)
    {
        foreach (var rule in rules) byScope[(int)LiveFaultNames.ScopeOf(rule.Kind)!.Value].Add(new Armed(rule));
    }

    public bool Has(FaultScope scope) => byScope[(int)scope].Count > 0;

    /// <summary>The fault that hits, if any, and how long it was asked to last.</summary>
    /// <param name="scope">Where it is decided.</param>
    /// <param name="about">What the frame is about; null outside frames.</param>
    /// <param name="stream">The stream's name, or what was asked for.</param>
    /// <param name="sinceStart">Microseconds.</param>
    /// <param name="key">Names this draw.</param>
    public (FaultKind Kind, long ForMicros)? Draw(FaultScope scope, FrameClass? about, string stream, long sinceStart, ulong key)
    {
        var rules = byScope[(int)scope];
        for (var i = 0; i < rules.Count; i++)
        {
            var armed = rules[i];
            if (!Concerns(armed.Rule.Kind, about) || !stream.Contains(armed.Rule.Stream, StringComparison.OrdinalIgnoreCase)) continue;
            if (armed.Fires(sinceStart, Noise.Mix(key + (ulong)i))) return (armed.Rule.Kind, armed.Rule.For is { } length ? length.Ticks / 10 : 0);
        }

        return null;
    }

    private static bool Concerns(FaultKind kind, FrameClass? about) => about is not { } frame || kind switch
    {
        FaultKind.DropDiff or FaultKind.DuplicateDiff or FaultKind.ReplayDiff or FaultKind.ReorderDiff or FaultKind.DelayDiff or FaultKind.SkippedIds or FaultKind.CrossedBook or FaultKind.WrongLevel
            or FaultKind.EmptySide or FaultKind.Burst or FaultKind.NewSnapshot or FaultKind.Restart => frame == FrameClass.Depth,
        FaultKind.DuplicateTrade or FaultKind.TradeGap => frame == FrameClass.Trade,
        FaultKind.OpenBarClosed => frame == FrameClass.Kline,
        _ => true,
    };

    private sealed class Armed(FaultPlan.Rule rule)
    {
        private long due = rule.Start is { } start ? start.Ticks / 10 : long.MaxValue;

        public FaultPlan.Rule Rule { get; } = rule;

        public bool Fires(long sinceStart, ulong key)
        {
            if (Rule.Start is null) return Rule.Share > 0 && Noise.Unit(key) < Rule.Share;
            if (sinceStart < due) return false;
            due = Rule.Every is { Ticks: > 0 } every ? Math.Max(due, sinceStart - (every.Ticks / 10)) + (every.Ticks / 10) : long.MaxValue;
            return true;
        }
    }
}
