namespace Mts.Core.Indicators.Statistics;

/// <summary>How much a correlation of independent pairs means.</summary>
/// <param name="T">Student's t with n − 2 degrees of freedom; null where |r| is 1.</param>
/// <param name="PValue">Two-sided probability of such an r without correlation.</param>
/// <param name="Low">Lower end of the 95 % interval by Fisher's z.</param>
/// <param name="High">Its upper end; both null below four pairs.</param>
public sealed record CorrelationTest(double? T, double PValue, double? Low, double? High)
{
    /// <param name="r">Pearson's correlation, −1 to 1.</param>
    /// <param name="pairs">The independent pairs behind it.</param>
    /// <returns>Null below three pairs and where r is undefined.</returns>
    public static CorrelationTest? Of(double? r, int pairs)
    {
        if (r is not { } value || pairs < 3 || !(Math.Abs(value) <= 1)) return null;
        var (low, high) = Interval(value, pairs);
        var square = value * value;
        double? t = square < 1 ? value * Math.Sqrt((pairs - 2) / (1 - square)) : null;
        var p = Math.Abs(value) >= 0.9999 ? 0 : IncompleteBeta.Of((pairs - 2) / 2.0, 0.5, 1 - square);
        return new CorrelationTest(t, p, low, high);
    }

    private static (double? Low, double? High) Interval(double r, int pairs)
    {
        if (pairs < 4) return (null, null);
        if (Math.Abs(r) >= 1) return (r, r);
        var (z, half) = (Math.Atanh(r), NormalDistribution.Z95 / Math.Sqrt(pairs - 3));
        return (Math.Tanh(z - half), Math.Tanh(z + half));
    }
}
