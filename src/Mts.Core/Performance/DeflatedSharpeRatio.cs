using Mts.Core.Indicators.Statistics;

namespace Mts.Core.Performance;

/// <summary>How probable it is that the best of many trials has a true Sharpe ratio above zero, after what luck alone would have found among them.</summary>
/// <remarks>Bailey and López de Prado, The Deflated Sharpe Ratio, J. Portfolio Management 40(5), 2014. Above 0.95 is the usual threshold.</remarks>
public static class DeflatedSharpeRatio
{
    private const double EulerMascheroni = 0.5772156649015329;

    /// <param name="best">Returns of the trial that was chosen.</param>
    /// <param name="trials">How many were tried, the best included; each counts as independent.</param>
    /// <param name="variance">Of the trials' Sharpe ratios of one period.</param>
    /// <returns>The probabilistic Sharpe ratio against <see cref="ExpectedMaximum"/>.</returns>
    public static double? Of(ReturnShape best, long trials, double variance) => ProbabilisticSharpeRatio.Of(best, ExpectedMaximum(trials, variance));

    /// <returns>√V ((1 − γ) Φ⁻¹(1 − 1/N) + γ Φ⁻¹(1 − 1/(N e))): the Sharpe ratio to be expected of the best of N trials without skill; 0 for one trial.</returns>
    public static double ExpectedMaximum(long trials, double variance)
    {
        if (trials < 1) throw new ArgumentOutOfRangeException(nameof(trials), trials, "At least one trial.");
        if (trials == 1) return 0;
        return Math.Sqrt(variance) * (((1 - EulerMascheroni) * NormalQuantile.Of(1 - (1.0 / trials))) + (EulerMascheroni * NormalQuantile.Of(1 - (1 / (trials * Math.E)))));
    }
}
