namespace Mts.Engine.Optimization.Validating;

/// <summary>One search on one stretch, and what its best was worth on the next.</summary>
public sealed record Fold
{
    public required Stretch Train { get; init; }

    public required Stretch Test { get; init; }

    /// <summary>Backtests on the train stretch.</summary>
    public required int Trials { get; init; }

    /// <summary>The best on the train stretch, there; null where no trial kept the constraints, and nothing is traded.</summary>
    public required BacktestResult? InSample { get; init; }

    /// <summary>The same parameters on the test stretch: a plain backtest of it, warmed with the bars before.</summary>
    public required BacktestResult? OutOfSample { get; init; }

    public required double? InSampleObjective { get; init; }

    public required double? OutOfSampleObjective { get; init; }

    /// <summary>Growth per year out of sample over that in sample; null where the latter is not above 0.</summary>
    public double? Efficiency => WalkForwardResult.Ratio(InSampleGrowth, OutOfSampleGrowth);

    /// <summary>ln(1 + return) × 365 / days; null where nothing was traded or left.</summary>
    /// <remarks>Not compounded to a year: that would make of one good stretch of 90 days more than all others can lose, and the more so the shorter the stretch.</remarks>
    public double? InSampleGrowth => Growth(InSample, Train);

    /// <summary>The same out of sample.</summary>
    public double? OutOfSampleGrowth => Growth(OutOfSample, Test);

    private static double? Growth(BacktestResult? result, Stretch stretch) =>
        result is { Metrics.TotalReturn: > -1 and var total } && stretch.Days > 0 ? Math.Log(1 + total) * 365 / stretch.Days : null;
}
