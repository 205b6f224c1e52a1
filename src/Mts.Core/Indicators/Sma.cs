namespace Mts.Core.Indicators;

/// <summary>Simple moving average.</summary>
/// <param name="length">Values in the mean.</param>
public sealed class Sma(int length)
{
    private readonly RollingSum sum = new(length);

    /// <summary>Null until as many values as the mean has were added.</summary>
    public double? Value => sum.IsFull ? sum.Value / sum.Count : null;

    public void Add(double value) => sum.Add(value);
}
