using Mts.Core.Allocation;

namespace Mts.Engine.Allocation;

/// <summary>Shares of the markets that are wanted, from their past returns; pure.</summary>
internal sealed class Allocator(AllocationOptions options)
{
    /// <param name="returns">Of each market that is wanted, per bar, negated for a short; all of one length.</param>
    /// <param name="barsPerYear">For the volatility target.</param>
    /// <returns>Fractions of equity, none below zero.</returns>
    public double[] Weigh(IReadOnlyList<double[]> returns, double barsPerYear)
    {
        if (returns.Count == 0) return [];
        var covariance = ShrunkCovariance.Of(returns).Matrix;
        var means = returns.Select(r => r.Average()).ToArray();
        var weights = options.Method switch
        {
            AllocationMethod.InverseVolatility => PortfolioWeights.InverseVolatility(covariance),
            AllocationMethod.RiskParity => PortfolioWeights.RiskParity(covariance),
            AllocationMethod.MeanVariance => PortfolioWeights.MeanVariance(means, covariance),
            AllocationMethod.Kelly => Array.ConvertAll(PortfolioWeights.Kelly(means, covariance), w => w * options.KellyFraction),
            _ => PortfolioWeights.Equal(returns.Count),
        };
        DropCorrelated(weights, covariance);
        if (options.TargetVolatility is { } target && covariance.Variance(weights) is > 0 and var variance) Scale(weights, target / Math.Sqrt(variance * barsPerYear));
        for (var i = 0; i < weights.Length; i++) weights[i] = Math.Min(weights[i], options.MaxWeight);
        if (weights.Sum() is var total && total > options.MaxTotal) Scale(weights, options.MaxTotal / total);
        return weights;
    }

    private static void Scale(double[] weights, double factor)
    {
        for (var i = 0; i < weights.Length; i++) weights[i] *= factor;
    }

    private void DropCorrelated(double[] weights, SymmetricMatrix covariance)
    {
        if (options.MaxCorrelation is not { } most) return;
        var kept = new List<int>();
        foreach (var i in Enumerable.Range(0, weights.Length).OrderByDescending(i => weights[i]).ThenBy(i => i))
        {
            if (kept.Exists(k => covariance.Correlation(i, k) > most)) weights[i] = 0;
            else kept.Add(i);
        }
    }
}
