namespace Mts.Engine.Optimization;

/// <summary>What a search found, and how much of it may be luck.</summary>
public sealed record OptimizationResult
{
    public required SearchSpace Space { get; init; }

    public required OptimizerOptions Options { get; init; }

    /// <summary>Backtests that were run.</summary>
    public required int Trials { get; init; }

    /// <summary>Combinations that the strategy refused; no trials.</summary>
    public required int Skipped { get; init; }

    /// <summary>The best first, each exactly what a plain backtest of its parameters gives; ties in the order of the space.</summary>
    public required IReadOnlyList<BacktestResult> Top { get; init; }

    public BacktestResult Best => Top[0];

    /// <summary>0 to 1; null where the best has no Sharpe ratio.</summary>
    public required double? DeflatedSharpe { get; init; }

    /// <summary>0 to 1; null below two trials or 20 days.</summary>
    public required double? ProbabilityOfOverfitting { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }
}
