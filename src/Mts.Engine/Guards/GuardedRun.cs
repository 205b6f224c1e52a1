using Mts.Core.Ports;
using Mts.Core.Risk;
using Mts.Core.Signals;

namespace Mts.Engine.Guards;

/// <summary>A run whose strategies can be made anew as often as they are judged.</summary>
public sealed record GuardedRun
{
    /// <summary>The data. While guards look, they write to the series and lists themselves and put everything back: nobody else may read them.</summary>
    public required BacktestInputs Inputs { get; init; }

    /// <summary>Makes the strategies, fresh ones each time.</summary>
    public required Func<IReadOnlyList<IStrategy>> Make { get; init; }

    /// <summary>Required for several strategies, not used for one.</summary>
    public SignalAggregator? Aggregator { get; init; }

    /// <summary>Limits; null for none.</summary>
    public RiskPolicy? Risk { get; init; }

    public required BacktestOptions Options { get; init; }

    public required RunLabels Labels { get; init; }

    /// <summary>Who watches that strategies return; null for nobody.</summary>
    public RunProgress? Progress { get; init; }

    /// <summary>Entered while strategies are made and run again, and disposed of on the same thread: what they print then is not the run's. Null where nobody listens.</summary>
    public Func<IDisposable>? Aside { get; init; }
}
