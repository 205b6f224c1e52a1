using Mts.Core.Market;

namespace Mts.Pipeline.Alerts.Observations;

/// <summary>Something that an alert rule may look at.</summary>
/// <param name="Time">When it was so, UTC; rules know no other clock.</param>
public abstract record Observation(Timestamp Time)
{
    /// <summary>When it was so, UTC. Whoever sees many of a kind uses one again; nobody keeps one beyond the call that brings it.</summary>
    public Timestamp Time { get; internal set; } = Time;
}

/// <summary>Time has passed; rules of the kind "for longer than" look at what they know.</summary>
public sealed record TimeSeen(Timestamp Time) : Observation(Time);
