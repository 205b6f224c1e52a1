using Mts.Core.Indicators;
using Mts.Core.Indicators.Statistics;

namespace Mts.Core.Analysis;

/// <summary>The correlation of two markets over their last returns, and what it is worth.</summary>
/// <param name="Window">Returns asked for.</param>
/// <param name="Returns">Returns that there were; below the window the figures are null.</param>
/// <param name="R">Pearson's correlation; null where one side does not vary.</param>
/// <param name="Test">Significance and interval for exactly these returns.</param>
public sealed record WindowCorrelation(int Window, int Returns, double? R, CorrelationTest? Test)
{
    public CorrelationStrength Strength => CorrelationStrengths.Of(R);

    /// <summary>The p-value after correction for all the pairs and windows looked at; null where there is no test. Set by <see cref="FalseDiscovery"/>.</summary>
    public double? AdjustedPValue { get; init; }

    public static WindowCorrelation Of(PairedReturns returns, int window)
    {
        var last = returns.Last(window);
        double? r = last.Length < window ? null : RollingCorrelation.Of([.. last.Left], [.. last.Right]);
        return new WindowCorrelation(window, last.Length, r, CorrelationTest.Of(r, last.Length));
    }
}
