using Mts.Core.Indicators.Statistics;

namespace Mts.Core.Performance;

/// <summary>How probable it is that the true Sharpe ratio lies above a benchmark, given how long the record is and how its returns are shaped.</summary>
public static class ProbabilisticSharpeRatio
{
    /// <param name="returns">Shape of the returns.</param>
    /// <param name="benchmark">Sharpe ratio of one period, as <see cref="ReturnShape.Sharpe"/>.</param>
    /// <returns>Φ((SR − SR*) √(n − 1) / √(1 − γ₃ SR + (γ₄ − 1)/4 SR²)), 0 to 1; null below two returns or where the estimate has no variance.</returns>
    /// <remarks>Bailey and López de Prado, The Sharpe Ratio Efficient Frontier, J. Risk 15(2), 2012.</remarks>
    public static double? Of(ReturnShape returns, double benchmark = 0)
    {
        var (count, sharpe, skew, kurtosis) = returns;
        var variance = 1 - (skew * sharpe) + ((kurtosis - 1) / 4 * sharpe * sharpe);
        if (count < 2 || !(variance > 0)) return null;
        return NormalDistribution.Cumulative((sharpe - benchmark) * Math.Sqrt(count - 1) / Math.Sqrt(variance));
    }
}
