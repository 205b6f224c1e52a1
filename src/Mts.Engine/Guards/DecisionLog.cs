using Mts.Core.Market;
using Mts.Core.Signals;

namespace Mts.Engine.Guards;

/// <summary>What the strategies of one run over a segment decided.</summary>
internal sealed class DecisionLog(Timestamp from, Timestamp until)
{
    public List<Signal> Signals { get; } = [];

    /// <summary>How often strategies were asked where it counts: after the warm-up, before the turn.</summary>
    public int Asked { get; private set; }

    /// <summary>When a strategy failed, and how; null where none did.</summary>
    public (Timestamp Time, string Words)? Fault { get; set; }

    public void Ask(Timestamp time)
    {
        if (time > from && time <= until) Asked++;
    }

    /// <summary>Whether two signals ask for the same; what they say about it does not count.</summary>
    public static bool Same(Signal a, Signal b) =>
        a.Time == b.Time && a.Instrument == b.Instrument && a.Direction == b.Direction && a.Strategy == b.Strategy && a.Resizes == b.Resizes && Same(a.PositionSize, b.PositionSize)
        && Same(a.Stop, b.Stop) && Same(a.Target, b.Target) && a.Horizon == b.Horizon && Same(a.Strength, b.Strength) && Same(a.Confidence, b.Confidence) && Same(a.Price, b.Price);

    private static bool Same(double? a, double? b) => a is { } x && b is { } y ? x.Equals(y) : a is null && b is null;
}
