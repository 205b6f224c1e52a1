using Mts.Engine.Charges;

namespace Mts.Engine.Analytics;

/// <summary>The run again at costs so many times as high.</summary>
/// <param name="Factor">Times the costs of the run.</param>
/// <param name="FeeBps">As used.</param>
/// <param name="SlippageBps">As used.</param>
/// <param name="TotalReturn">Fraction.</param>
/// <param name="Sharpe">Per year; null where undefined.</param>
/// <param name="MaxDrawdown">Positive fraction.</param>
/// <param name="Trades">Closed round trips.</param>
public sealed record StressedRun(double Factor, decimal FeeBps, decimal SlippageBps, double TotalReturn, double? Sharpe, double MaxDrawdown, int Trades)
{
    /// <summary>How much worse costs are tried.</summary>
    public static IReadOnlyList<decimal> Factors { get; } = [1m, 1.5m, 2m, 3m];

    /// <param name="options">Of the run.</param>
    /// <param name="run">Runs it again, with fresh strategies.</param>
    public static IReadOnlyList<StressedRun> Of(BacktestOptions options, Func<BacktestOptions, BacktestResult> run)
    {
        var stressed = new List<StressedRun>();
        foreach (var factor in Factors)
        {
            var dearer = DearerCosts.Of(options, factor);
            var m = run(dearer).Metrics;
            stressed.Add(new StressedRun((double)factor, dearer.FeeBps, dearer.SlippageBps, m.TotalReturn, m.Sharpe, m.MaxDrawdown, m.Trades));
        }

        return stressed;
    }
}
