namespace Mts.Core.Performance;

/// <summary>What the honesty of a Sharpe ratio depends on; all of one period, not of a year.</summary>
/// <param name="Count">Number of returns.</param>
/// <param name="Sharpe">Mean over sample deviation.</param>
/// <param name="Skew">Third central moment over deviation cubed, population moments; 0 for a normal distribution.</param>
/// <param name="Kurtosis">Fourth central moment over variance squared, population moments; 3 for a normal distribution.</param>
public readonly record struct ReturnShape(int Count, double Sharpe, double Skew, double Kurtosis)
{
    /// <returns>Null below two returns or at a deviation below 10⁻¹², as <see cref="SharpeRatio"/>.</returns>
    public static ReturnShape? Of(ReadOnlySpan<double> returns)
    {
        if (Volatility.SampleDeviation(returns) is not (> 1e-12 and var deviation)) return null;
        var mean = Returns.Mean(returns);
        var (squares, cubes, fourths) = (0.0, 0.0, 0.0);
        foreach (var r in returns)
        {
            var d = r - mean;
            squares += d * d;
            cubes += d * d * d;
            fourths += d * d * d * d;
        }

        var variance = squares / returns.Length;
        return new ReturnShape(
            returns.Length, mean / deviation, cubes / returns.Length / Math.Pow(variance, 1.5), fourths / returns.Length / (variance * variance));
    }
}
