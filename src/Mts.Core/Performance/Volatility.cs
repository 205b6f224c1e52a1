namespace Mts.Core.Performance;

/// <summary>Standard deviation of returns, a year's worth.</summary>
public static class Volatility
{
    /// <param name="returns">Per period.</param>
    /// <param name="periodsPerYear">365 for daily returns: crypto markets do not close.</param>
    /// <returns>Sample deviation (n − 1) × √periods; null below two returns.</returns>
    public static double? Of(ReadOnlySpan<double> returns, double periodsPerYear) =>
        SampleDeviation(returns) is { } deviation ? deviation * Math.Sqrt(periodsPerYear) : null;

    internal static double? SampleDeviation(ReadOnlySpan<double> values)
    {
        if (values.Length < 2) return null;
        var mean = Returns.Mean(values);
        var squares = 0.0;
        foreach (var v in values) squares += (v - mean) * (v - mean);
        return Math.Sqrt(squares / (values.Length - 1));
    }
}
