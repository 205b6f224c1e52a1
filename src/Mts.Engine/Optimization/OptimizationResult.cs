using Mts.Core.Performance;
using Mts.Engine.Optimization.Validating;

namespace Mts.Engine.Optimization;

/// <summary>What a search found, and how much of it may be luck.</summary>
public sealed record OptimizationResult
{
    /// <summary>Hash of all that the search depends on: the same search has the same id.</summary>
    public required string Id { get; init; }

    public required SearchSpace Space { get; init; }

    public required OptimizerOptions Options { get; init; }

    /// <summary>Data, range, costs and limits that all trials share.</summary>
    public required BacktestRun Conditions { get; init; }

    /// <summary>Backtests that were run.</summary>
    public required int Trials { get; init; }

    /// <summary>Those that keep the constraints.</summary>
    public required int Feasible { get; init; }

    /// <summary>Combinations that the strategy refused; no trials.</summary>
    public required int Skipped { get; init; }

    /// <summary>The best first, each exactly what a plain backtest of its parameters gives; those within the constraints before the others; ties in the order of the space.</summary>
    public required IReadOnlyList<BacktestResult> Top { get; init; }

    /// <summary>Null where no trial keeps the constraints.</summary>
    public BacktestResult? Best => Feasible > 0 ? Top[0] : null;

    /// <summary>The objective of each of <see cref="Top"/>; null where it is undefined.</summary>
    public required IReadOnlyList<double?> Objectives { get; init; }

    /// <summary>After all trials ever made, 0 to 1; null where the best has no Sharpe ratio, or there is no best.</summary>
    public required double? DeflatedSharpe { get; init; }

    /// <summary>After the trials of this search alone.</summary>
    public required double? DeflatedSharpeOfSearch { get; init; }

    /// <summary>0 to 1; null below two trials or 20 days.</summary>
    public required double? ProbabilityOfOverfitting { get; init; }

    /// <summary>95 %, of the best, a year's worth; null where it has no Sharpe ratio.</summary>
    public required SharpeInterval? Interval { get; init; }

    public required LedgerCount Ledger { get; init; }

    /// <summary>The objective around the best; null where there is no best.</summary>
    public required Plateau? Plateau { get; init; }

    /// <summary>Null unless a walk-forward or a test part was asked for.</summary>
    public required WalkForwardResult? WalkForward { get; init; }

    /// <summary>Null unless it was asked for.</summary>
    public required CrossValidationResult? CrossValidation { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }
}
