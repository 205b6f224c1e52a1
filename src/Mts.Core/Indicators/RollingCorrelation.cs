namespace Mts.Core.Indicators;

/// <summary>Pearson's correlation of the last pairs, −1 to 1.</summary>
/// <param name="length">Pairs in the window.</param>
/// <remarks>Adding is constant; reading goes over the window with means first, which keeps small deviations of large values.</remarks>
public sealed class RollingCorrelation(int length)
{
    private readonly RollingWindow left = new(length);
    private readonly RollingWindow right = new(length);

    /// <summary>Null until the window is full, and where one side does not vary.</summary>
    public double? Value => left.IsFull ? Of(left.Values, right.Values) : null;

    /// <returns>Null below two pairs and where one side does not vary.</returns>
    /// <exception cref="ArgumentException">Different lengths.</exception>
    public static double? Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length) throw new ArgumentException($"{x.Length} values cannot be paired with {y.Length}.", nameof(y));
        if (x.Length < 2) return null;
        var (meanX, meanY) = (RollingStdDev.MeanOf(x), RollingStdDev.MeanOf(y));
        var (xx, yy, xy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            var (dx, dy) = (x[i] - meanX, y[i] - meanY);
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }

        return xx > 0 && yy > 0 ? Math.Clamp(xy / (Math.Sqrt(xx) * Math.Sqrt(yy)), -1, 1) : null;
    }

    public void Add(double x, double y)
    {
        left.Add(x);
        right.Add(y);
    }
}
