using Mts.Core.Indicators.Statistics;

namespace Mts.Core.Performance;

/// <summary>How long a record must be before its Sharpe ratio is trusted to lie above a benchmark.</summary>
public static class MinTrackRecordLength
{
    /// <param name="returns">Shape of the returns.</param>
    /// <param name="benchmark">Sharpe ratio of one period, as <see cref="ReturnShape.Sharpe"/>.</param>
    /// <param name="confidence">0.95 unless given.</param>
    /// <returns>1 + (1 − γ₃ SR + (γ₄ − 1)/4 SR²) (Φ⁻¹(confidence) / (SR − SR*))² periods; null where the ratio is not above the benchmark.</returns>
    /// <remarks>Bailey and López de Prado, The Sharpe Ratio Efficient Frontier, J. Risk 15(2), 2012, equation 11.</remarks>
    public static double? Of(ReturnShape returns, double benchmark = 0, double confidence = 0.95)
    {
        var (_, sharpe, skew, kurtosis) = returns;
        if (!(sharpe > benchmark)) return null;
        var variance = 1 - (skew * sharpe) + ((kurtosis - 1) / 4 * sharpe * sharpe);
        var z = NormalQuantile.Of(confidence) / (sharpe - benchmark);
        return variance > 0 ? 1 + (variance * z * z) : null;
    }
}
