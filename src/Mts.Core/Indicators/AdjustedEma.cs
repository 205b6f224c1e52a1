namespace Mts.Core.Indicators;

/// <summary>Exponential moving average whose weights are scaled to a sum of 1 from the first value on, so that the start has no bias.</summary>
/// <param name="length">Span of the mean; smoothing is 2/(length+1).</param>
/// <remarks>Σ(1−α)ⁱ·xₜ₋ᵢ / Σ(1−α)ⁱ.</remarks>
public sealed class AdjustedEma(int length)
{
    private readonly double keep = 1 - (2.0 / ((length > 0 ? length : throw new ArgumentOutOfRangeException(nameof(length), length, "At least one value.")) + 1));
    private double sum;
    private double weights;

    /// <summary>Null before the first value.</summary>
    public double? Value => weights > 0 ? sum / weights : null;

    public void Add(double value)
    {
        sum = value + (keep * sum);
        weights = 1 + (keep * weights);
    }
}
