namespace Mts.Core.Indicators;

/// <summary>Distance of the newest value from the mean of the last ones, itself among them, in sample deviations.</summary>
/// <param name="length">Values in the window.</param>
public sealed class ZScore(int length)
{
    private readonly RollingWindow window = new(length);

    /// <summary>Null until the window is full, and where the values do not vary.</summary>
    public double? Value => window.IsFull ? Of(window.Values[^1], window.Values) : null;

    /// <returns>Null where <paramref name="values"/> are fewer than two or do not vary.</returns>
    public static double? Of(double value, ReadOnlySpan<double> values) =>
        RollingStdDev.Of(values) is { } deviation ? Of(value, RollingStdDev.MeanOf(values), deviation) : null;

    /// <returns>Null at a deviation below 10⁻¹⁰.</returns>
    public static double? Of(double value, double mean, double deviation) => deviation < 1e-10 ? null : (value - mean) / deviation;

    public void Add(double value) => window.Add(value);
}
