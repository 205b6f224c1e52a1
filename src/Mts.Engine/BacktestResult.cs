using Mts.Core.Market;
using Mts.Core.Performance;
using Mts.Core.Quality;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine.Guards;

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

    /// <summary>What was met inside recorded books; null for fills on bars.</summary>
    public BookSummary? Book { get; init; }

    /// <summary>How the signals of several strategies were joined; empty for one strategy.</summary>
    public required IReadOnlyList<AggregateDecision> Decisions { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The bars that it ran over, by instrument: what tells the path between an entry and an exit. Not part of what is written.</summary>
    public IReadOnlyList<BarSeries> Market { get; init; } = [];
    /// <summary>Whether the result may be believed; null where nobody has looked.</summary>
    public GuardReport? Guards { get; init; }

    /// <summary>How good the data is, a series each; null where the caller does not know.</summary>
    public IReadOnlyList<SeriesQuality>? Quality { get; init; }
}

/// <param name="Signal">The signal.</param>
/// <param name="Rule">The rule that refused it.</param>
/// <param name="Reason">The figures.</param>
public sealed record Refusal(Signal Signal, string Rule, string Reason);
