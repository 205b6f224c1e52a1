using Mts.Core.Performance;
using Mts.Core.Signals;
using Mts.Core.Trading;

namespace Mts.Engine;

/// <summary>Everything that a run says; pure data, equal from run to run.</summary>
public sealed record BacktestResult
{
    public required BacktestRun Run { get; init; }

    public required PerformanceReport Metrics { get; init; }

    public required IReadOnlyList<Trade> Trades { get; init; }

    public required IReadOnlyList<OpenPosition> OpenPositions { get; init; }

    /// <summary>Starts with the capital; then a point a day, or a bar.</summary>
    public required IReadOnlyList<EquityPoint> Equity { get; init; }

    /// <summary>Buying and holding, at the same times; empty where nothing could be bought.</summary>
    public required IReadOnlyList<EquityPoint> Benchmark { get; init; }

    /// <summary>What the strategies said, in order.</summary>
    public required IReadOnlyList<Signal> Signals { get; init; }

    /// <summary>Signals that did not become orders, and why.</summary>
    public required IReadOnlyList<Refusal> Refusals { get; init; }

    /// <summary>What became of orders; null where the strategies gave none.</summary>
    public OrderSummary? Orders { get; init; }

    /// <summary>How the signals of several strategies were joined; empty for one strategy.</summary>
    public required IReadOnlyList<AggregateDecision> Decisions { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <param name="Signal">The signal.</param>
/// <param name="Rule">The rule that refused it.</param>
/// <param name="Reason">The figures.</param>
public sealed record Refusal(Signal Signal, string Rule, string Reason);
