namespace Mts.Core.Indicators;

/// <summary>Exponential moving average with smoothing 2/(length+1), started by the simple mean of the first values.</summary>
/// <param name="length">Span of the mean.</param>
public sealed class Ema(int length)
{
    private readonly double alpha = 2.0 / ((length > 0 ? length : throw new ArgumentOutOfRangeException(nameof(length), length, "At least one value.")) + 1);
    private double mean;
    private int count;

    /// <summary>Null until as many values as the span were added.</summary>
    public double? Value => count >= length ? mean : null;

    public void Add(double value)
    {
        count = Math.Min(count + 1, length + 1);
        mean += (value - mean) * (count <= length ? 1.0 / count : alpha);
    }
}
