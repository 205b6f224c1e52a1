using Mts.Core.Performance;

namespace Mts.Engine.Analytics;

/// <summary>What chance might have made of a run. Fractions; the same seed gives the same figures.</summary>
public sealed record MonteCarloResult
{
    /// <summary>Histories drawn.</summary>
    public required int Paths { get; init; }

    /// <summary>Mean length of the blocks of days of which they are made.</summary>
    public required double BlockDays { get; init; }

    public required int Seed { get; init; }

    /// <summary>Equity over the capital as time goes on.</summary>
    public required IReadOnlyList<FanPoint> Fan { get; init; }

    public required Spread TotalReturn { get; init; }

    /// <summary>From day to day.</summary>
    public required Spread MaxDrawdown { get; init; }

    /// <summary>Share of the histories that end below the capital.</summary>
    public required double LossProbability { get; init; }

    /// <summary>Share of the histories in which half of the capital was lost at some time.</summary>
    public required double RuinProbability { get; init; }

    /// <summary>Share of the histories whose deepest drawdown reached 10, 20, 30 and 50 %.</summary>
    public required IReadOnlyList<DepthChance> Depths { get; init; }

    /// <summary>The same trades in another order; null below two of them.</summary>
    public Spread? ShuffledDrawdown { get; init; }

    /// <summary>The same run at higher costs; empty where it was not run again.</summary>
    public IReadOnlyList<StressedRun> Stress { get; init; } = [];
}

/// <param name="Time">The day.</param>
/// <param name="Values">Over the histories.</param>
public readonly record struct FanPoint(Mts.Core.Market.Timestamp Time, Spread Values);

/// <param name="Depth">Fraction of the peak.</param>
/// <param name="Probability">Share of the histories that fell so far.</param>
public readonly record struct DepthChance(double Depth, double Probability);

/// <summary>A figure over many histories: its quantiles at 5, 25, 50, 75 and 95 %.</summary>
public readonly record struct Spread(double P5, double P25, double P50, double P75, double P95)
{
    internal static Spread Of(Span<double> values)
    {
        values.Sort();
        return new Spread(At(values, 0.05), At(values, 0.25), At(values, 0.5), At(values, 0.75), At(values, 0.95));

        static double At(ReadOnlySpan<double> sorted, double share) => Quantile.Of(sorted, share);
    }
}
