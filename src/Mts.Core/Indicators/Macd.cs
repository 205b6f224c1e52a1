namespace Mts.Core.Indicators;

/// <summary>Moving average convergence and divergence, of bias-adjusted exponential means.</summary>
/// <remarks>Appel, 1979: fast mean − slow mean, its own mean as the signal, and their difference as the histogram.</remarks>
public sealed class Macd(int fast = 12, int slow = 26, int signal = 9)
{
    private readonly AdjustedEma fastMean = new(fast);
    private readonly AdjustedEma slowMean = new(slow);
    private readonly AdjustedEma signalMean = new(signal);

    /// <summary>Null before the first value.</summary>
    public double? Value => fastMean.Value - slowMean.Value;

    public double? Signal => signalMean.Value;

    public double? Histogram => Value - Signal;

    public void Add(double price)
    {
        fastMean.Add(price);
        slowMean.Add(price);
        signalMean.Add(Value!.Value);
    }
}
