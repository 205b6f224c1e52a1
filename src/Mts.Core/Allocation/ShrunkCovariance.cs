namespace Mts.Core.Allocation;

/// <summary>The covariance of returns, drawn towards equal variances without correlation as far as the sample is too small to be trusted.</summary>
/// <remarks>Ledoit and Wolf, A well-conditioned estimator for large-dimensional covariance matrices, J. Multivariate Analysis 88(2), 2004, equations 13 to 15; the sample divides by n.</remarks>
/// <param name="Matrix">Per bar.</param>
/// <param name="Shrinkage">0 for the sample itself, 1 for the target.</param>
public sealed record ShrunkCovariance(SymmetricMatrix Matrix, double Shrinkage)
{
    /// <param name="returns">One row a market, all of one length, at least 2.</param>
    public static ShrunkCovariance Of(IReadOnlyList<double[]> returns)
    {
        var (markets, count) = (returns.Count, returns[0].Length);
        if (count < 2 || returns.Any(r => r.Length != count)) throw new ArgumentException("Every market needs the same two or more returns.", nameof(returns));
        var centred = returns.Select(r => Array.ConvertAll(r, x => x - r.Average())).ToArray();
        var sample = new SymmetricMatrix(markets);
        for (var i = 0; i < markets; i++)
        {
            for (var j = i; j < markets; j++) sample[i, j] = Product(centred[i], centred[j]) / count;
        }

        var mean = Enumerable.Range(0, markets).Sum(i => sample[i, i]) / markets;
        var distance = Distance(sample, mean);
        var error = Math.Min(Error(centred, sample, count), distance);
        var shrinkage = distance > 0 ? error / distance : 0;
        var shrunk = new SymmetricMatrix(markets);
        for (var i = 0; i < markets; i++)
        {
            for (var j = i; j < markets; j++) shrunk[i, j] = ((1 - shrinkage) * sample[i, j]) + (i == j ? shrinkage * mean : 0);
        }

        return new ShrunkCovariance(shrunk, shrinkage);
    }

    // d²: how far the sample lies from its target.
    private static double Distance(SymmetricMatrix sample, double mean)
    {
        var sum = 0.0;
        for (var i = 0; i < sample.Size; i++)
        {
            for (var j = 0; j < sample.Size; j++)
            {
                var off = sample[i, j] - (i == j ? mean : 0);
                sum += off * off;
            }
        }

        return sum / sample.Size;
    }

    // b̄²: how far the sample may lie from the truth, by the scatter of its single terms.
    private static double Error(double[][] centred, SymmetricMatrix sample, int count)
    {
        var sum = 0.0;
        for (var t = 0; t < count; t++)
        {
            for (var i = 0; i < sample.Size; i++)
            {
                for (var j = 0; j < sample.Size; j++)
                {
                    var off = (centred[i][t] * centred[j][t]) - sample[i, j];
                    sum += off * off;
                }
            }
        }

        return sum / sample.Size / count / count;
    }

    private static double Product(double[] x, double[] y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }
}
