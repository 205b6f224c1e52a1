namespace Mts.Core.Indicators;

/// <summary>Standard deviation of the last log returns, scaled to a year.</summary>
/// <param name="length">Returns in the window, at least 2 for a sample.</param>
/// <param name="periodsPerYear">Returns in a year: 365 for daily bars, since crypto markets do not close.</param>
/// <param name="kind">Sample by default.</param>
public sealed class LogReturnVolatility(int length, double periodsPerYear = 365, DeviationKind kind = DeviationKind.Sample)
{
    private readonly RollingStdDev deviation = new(length, kind);
    private readonly double scale = Math.Sqrt(periodsPerYear);
    private double? last;

    /// <summary>As a fraction; null until the window is full.</summary>
    public double? Value => deviation.Value * scale;

    /// <exception cref="ArgumentOutOfRangeException">The price is not above zero.</exception>
    public void Add(double price)
    {
        if (!(price > 0)) throw new ArgumentOutOfRangeException(nameof(price), price, "A log return needs prices above zero.");
        if (last is { } before) deviation.Add(Math.Log(price / before));
        last = price;
    }
}
