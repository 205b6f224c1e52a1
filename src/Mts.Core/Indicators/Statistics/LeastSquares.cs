namespace Mts.Core.Indicators.Statistics;

/// <summary>The straight line y = intercept + slope · x that fits pairs best by ordinary least squares.</summary>
/// <param name="Slope">Units of y per unit of x.</param>
/// <param name="Intercept">Units of y.</param>
/// <param name="SlopeError">Standard error of the slope, with n − 2 degrees of freedom; 0 for two pairs.</param>
public readonly record struct LeastSquares(double Slope, double Intercept, double SlopeError)
{
    /// <returns>Null below two pairs, and where x does not vary.</returns>
    /// <exception cref="ArgumentException">Different lengths.</exception>
    public static LeastSquares? Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length) throw new ArgumentException($"{x.Length} values cannot be paired with {y.Length}.", nameof(y));
        if (x.Length < 2) return null;
        var (meanX, meanY) = (RollingStdDev.MeanOf(x), RollingStdDev.MeanOf(y));
        var (xx, xy) = (0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }

        if (!(xx > 0)) return null;
        var slope = xy / xx;
        var fit = new LeastSquares(slope, meanY - (slope * meanX), 0);
        var squares = 0.0;
        for (var i = 0; i < x.Length; i++) squares += fit.Residual(x[i], y[i]) * fit.Residual(x[i], y[i]);
        return fit with { SlopeError = x.Length > 2 ? Math.Sqrt(squares / (x.Length - 2) / xx) : 0 };
    }

    /// <summary>How far y lies above the line.</summary>
    public double Residual(double x, double y) => y - Intercept - (Slope * x);
}
