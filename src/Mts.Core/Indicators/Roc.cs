namespace Mts.Core.Indicators;

/// <summary>Rate of change over a number of steps, as a fraction.</summary>
/// <param name="length">Steps back, so length + 1 values are needed.</param>
public sealed class Roc(int length)
{
    private readonly RollingWindow window = new(length + 1);

    /// <summary>Null until there are enough values, and where the older one is zero.</summary>
    public double? Value => window.IsFull && window.Values[0] != 0 ? (window.Values[^1] / window.Values[0]) - 1 : null;

    public void Add(double value) => window.Add(value);
}
