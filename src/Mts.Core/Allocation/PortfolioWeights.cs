namespace Mts.Core.Allocation;

/// <summary>Shares of several markets in a portfolio, none below zero. A short counts as the market of its negated returns.</summary>
public static class PortfolioWeights
{
    private const int MostRounds = 10_000;
    private const double Precision = 1e-12;

    /// <summary>1/N each.</summary>
    public static double[] Equal(int markets) => [.. Enumerable.Repeat(1.0 / markets, markets)];

    /// <summary>In inverse proportion to the deviation of each; a market that does not vary has none.</summary>
    public static double[] InverseVolatility(SymmetricMatrix covariance)
    {
        var weights = new double[covariance.Size];
        for (var i = 0; i < weights.Length; i++) weights[i] = covariance[i, i] > 0 ? 1 / Math.Sqrt(covariance[i, i]) : 0;
        return Normalised(weights);
    }

    /// <summary>Each market adds the same to the variance; one that does not vary has none.</summary>
    /// <remarks>Maillard, Roncalli and Teïletche, J. Portfolio Management 36(4), 2010; solved as Griveau-Billion, Richard and Roncalli do, by cyclical coordinate descent, 2013.</remarks>
    public static double[] RiskParity(SymmetricMatrix covariance)
    {
        var weights = InverseVolatility(covariance);
        if (weights.Length == 0) return weights;
        var scale = Math.Sqrt(covariance.Variance(weights));
        if (!(scale > 0)) return weights;
        // At this size the logarithmic barrier's solution is near, and the steps below are those of the convex problem min ½w′Σw − Σ ln(wᵢ)/n.
        for (var i = 0; i < weights.Length; i++) weights[i] /= scale;
        Descend(weights, i =>
        {
            var (variance, rest) = (covariance[i, i], covariance.Row(i, weights) - (covariance[i, i] * weights[i]));
            return variance > 0 ? (-rest + Math.Sqrt((rest * rest) + (4 * variance / weights.Length))) / (2 * variance) : 0;
        });
        return Normalised(weights);
    }

    /// <summary>The best return for its risk, long only: the direction of <see cref="Kelly"/>, adding up to one. All zero where no mean is above zero.</summary>
    /// <param name="means">Mean return of each per bar.</param>
    /// <param name="covariance">Of the same.</param>
    /// <remarks>Markowitz, J. Finance 7(1), 1952; the tangency portfolio is where the ray of the unscaled solution meets the plane of full investment.</remarks>
    public static double[] MeanVariance(ReadOnlySpan<double> means, SymmetricMatrix covariance) => Normalised(Kelly(means, covariance));

    /// <summary>The weights with the greatest expected growth, none below zero; they may add up to more than one.</summary>
    /// <param name="means">Mean return of each per bar.</param>
    /// <param name="covariance">Of the same.</param>
    /// <remarks>Kelly, Bell System Technical Journal 35(4), 1956, in Thorp's continuous form: max μ′w − ½w′Σw.</remarks>
    public static double[] Kelly(ReadOnlySpan<double> means, SymmetricMatrix covariance)
    {
        var weights = new double[covariance.Size];
        var mu = means.ToArray();
        Descend(weights, i => covariance[i, i] > 0 ? Math.Max(0, (mu[i] - covariance.Row(i, weights) + (covariance[i, i] * weights[i])) / covariance[i, i]) : 0);
        return weights;
    }

    /// <summary>The same proportions adding up to one; all zero stays so.</summary>
    public static double[] Normalised(double[] weights)
    {
        var sum = weights.Sum();
        return sum > 0 ? Array.ConvertAll(weights, w => w / sum) : weights;
    }

    // Each weight in turn takes its best value given the others, until none moves.
    private static void Descend(double[] weights, Func<int, double> best)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var moved = 0.0;
            for (var i = 0; i < weights.Length; i++)
            {
                var next = best(i);
                moved = Math.Max(moved, Math.Abs(next - weights[i]) / Math.Max(1, Math.Abs(next)));
                weights[i] = next;
            }

            if (moved < Precision) return;
        }
    }
}
