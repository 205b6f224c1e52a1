using Mts.Core.Indicators.Statistics;

namespace Mts.Core.Performance;

/// <summary>Where the true Sharpe ratio probably lies, given how long the record is and how its returns are shaped; both ends a year's worth.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct SharpeInterval(double Low, double High)
{
    /// <param name="returns">Shape of the returns of one period.</param>
    /// <param name="periodsPerYear">365 for daily returns.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    /// <returns>SR ± z √((1 − γ₃ SR + (γ₄ − 1)/4 SR²) / (n − 1)); null below two returns or where the estimate has no variance.</returns>
    /// <remarks>Mertens, Comments on Variance of the IID Estimator in Lo, 2002; as in Bailey and López de Prado, J. Risk 15(2), 2012. It knows nothing of how many trials there were.</remarks>
    public static SharpeInterval? Of(ReturnShape returns, double periodsPerYear, double confidence = 0.95)
    {
        var (count, sharpe, skew, kurtosis) = returns;
        var variance = 1 - (skew * sharpe) + ((kurtosis - 1) / 4 * sharpe * sharpe);
        if (count < 2 || !(variance > 0)) return null;
        var (half, year) = (NormalQuantile.Of((1 + confidence) / 2) * Math.Sqrt(variance / (count - 1)), Math.Sqrt(periodsPerYear));
        return new SharpeInterval((sharpe - half) * year, (sharpe + half) * year);
    }
}
