using Mts.Core.Market;
using Mts.Core.Signals;

namespace Mts.Engine.Guards;

/// <summary>What the strategies of one run over a segment decided, in order.</summary>
internal sealed class DecisionLog(Timestamp from, Timestamp until)
{
    public List<Decision> Decisions { get; } = [];

    /// <summary>What those hold who give orders, at each close in the other market: orders do not say what is wanted.</summary>
    public List<(Speaker Who, Timestamp Time, Direction Direction)> Held { get; } = [];

    public IEnumerable<Signal> Signals => Decisions.Where(d => d.Signal is not null).Select(d => d.Signal!);

    /// <summary>How often strategies were asked where it counts: after the warm-up, before the turn.</summary>
    public int Asked { get; private set; }

    /// <summary>When a strategy failed, and how; null where none did.</summary>
    public (Timestamp Time, string Words)? Fault { get; set; }

    /// <summary>Whether there is something that a run's result does not list.</summary>
    public bool HasOrders => Decisions.Exists(d => d.Signal is null);

    public void Hold(Speaker who, Timestamp time, Direction direction)
    {
        if (time > until) Held.Add((who, time, direction));
    }

    public void Ask(Timestamp time)
    {
        if (time > from && time <= until) Asked++;
    }
}
