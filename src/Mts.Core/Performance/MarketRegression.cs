namespace Mts.Core.Performance;

/// <summary>The returns of a strategy explained by those of its market: r = α + β m.</summary>
/// <param name="Alpha">What is left per year once the market's part is taken away; mean × periods.</param>
/// <param name="Beta">How far the strategy moves when the market moves by one.</param>
/// <remarks>Least squares; Jensen, The Performance of Mutual Funds, J. Finance 23(2), 1968. The risk-free rate is 0.</remarks>
public readonly record struct MarketRegression(double Alpha, double Beta)
{
    /// <param name="returns">Of the strategy.</param>
    /// <param name="market">Of the same periods.</param>
    /// <param name="periodsPerYear">365 for daily returns.</param>
    /// <returns>Null below two returns, where the two do not fit, or where the market never moves.</returns>
    public static MarketRegression? Of(ReadOnlySpan<double> returns, ReadOnlySpan<double> market, double periodsPerYear)
    {
        if (returns.Length < 2 || returns.Length != market.Length) return null;
        var (mean, marketMean) = (Returns.Mean(returns), Returns.Mean(market));
        var (covariance, variance) = (0.0, 0.0);
        for (var i = 0; i < returns.Length; i++)
        {
            covariance += (returns[i] - mean) * (market[i] - marketMean);
            variance += (market[i] - marketMean) * (market[i] - marketMean);
        }

        if (!(variance / returns.Length > 1e-24)) return null;
        var beta = covariance / variance;
        return new MarketRegression((mean - (beta * marketMean)) * periodsPerYear, beta);
    }
}
