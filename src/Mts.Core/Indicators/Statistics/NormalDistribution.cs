namespace Mts.Core.Indicators.Statistics;

/// <summary>The standard normal distribution.</summary>
public static class NormalDistribution
{
    /// <summary>Quantile of 0.975: two-sided 95 %.</summary>
    public const double Z95 = 1.959963984540054;

    /// <summary>Probability of a value up to <paramref name="z"/>.</summary>
    /// <remarks>Marsaglia, Evaluating the Normal Distribution, J. Stat. Software 11(4), 2004; absolute error below 10⁻¹⁵.</remarks>
    public static double Cumulative(double z)
    {
        if (z < -8) return 0;
        if (z > 8) return 1;
        var (sum, term, n) = (z, z, 1.0);
        while (Math.Abs(term) > 1e-17 * Math.Max(1, Math.Abs(sum)))
        {
            n += 2;
            term *= z * z / n;
            sum += term;
        }

        return Math.Clamp(0.5 + (sum * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI)), 0, 1);
    }

    /// <summary>The percentile that belongs to a z-score, 0 to 100, to two decimals.</summary>
    public static double Percentile(double z) => Math.Round(100 * Cumulative(z), 2);
}
