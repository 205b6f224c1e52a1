using Mts.Core.Market;

namespace Mts.Engine.Guards;

/// <summary>What the guards found in a run: part of its result, equal from run to run.</summary>
public sealed record GuardReport
{
    /// <summary>Ranges that were run again.</summary>
    public required IReadOnlyList<GuardSegment> Segments { get; init; }

    /// <summary>Instants at which a strategy was asked with the future shown and with the future hidden.</summary>
    public required int Instants { get; init; }

    /// <summary>Signals and orders that were compared.</summary>
    public required int Decisions { get; init; }

    /// <summary>Bars that had not closed, in any form: the context, a series kept from elsewhere, what an earlier run left.</summary>
    public required GuardFinding LookAhead { get; init; }

    /// <summary>Macro observations, and funding, before their known time.</summary>
    public required GuardFinding Macro { get; init; }

    /// <summary>The same bars give the same decisions.</summary>
    public required GuardFinding Determinism { get; init; }

    /// <summary>How long decisions depend on the bar at which the run began.</summary>
    public required GuardFinding WarmUp { get; init; }

    /// <summary>False where the result must not be believed.</summary>
    public bool IsSound => LookAhead.Verdict != GuardVerdict.Fail && Macro.Verdict != GuardVerdict.Fail && Determinism.Verdict != GuardVerdict.Fail;

    /// <summary>By name, in the order in which they are shown.</summary>
    public IReadOnlyList<(string Name, GuardFinding Finding)> Findings =>
        [("look_ahead", LookAhead), ("macro", Macro), ("determinism", Determinism), ("warm_up", WarmUp)];
}

/// <param name="Start">Open of its first bar.</param>
/// <param name="Until">Close of its last.</param>
/// <param name="Turn">From here on other bars were shown than there were.</param>
/// <param name="Bars">Of the longest series.</param>
public sealed record GuardSegment(Timestamp Start, Timestamp Until, Timestamp Turn, int Bars);
