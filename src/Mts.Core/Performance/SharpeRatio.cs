namespace Mts.Core.Performance;

/// <summary>Mean return over its deviation, a year's worth.</summary>
public static class SharpeRatio
{
    /// <param name="returns">Per period.</param>
    /// <param name="periodsPerYear">365 for daily returns: crypto markets do not close.</param>
    /// <param name="riskFree">Per year, as a fraction; spread geometrically over the periods.</param>
    /// <returns>Null below two returns or at a deviation below 10⁻¹².</returns>
    /// <remarks>Sharpe, J. Portfolio Management 21(1), 1994; sample deviation.</remarks>
    public static double? Of(ReadOnlySpan<double> returns, double periodsPerYear, double riskFree = 0)
    {
        if (Volatility.SampleDeviation(returns) is not (> 1e-12 and var deviation)) return null;
        var perPeriod = riskFree == 0 ? 0 : Math.Pow(1 + riskFree, 1 / periodsPerYear) - 1;
        return (Returns.Mean(returns) - perPeriod) / deviation * Math.Sqrt(periodsPerYear);
    }
}
