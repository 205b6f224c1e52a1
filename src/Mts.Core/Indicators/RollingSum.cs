namespace Mts.Core.Indicators;

/// <summary>The sum of the last values in constant time; summed anew once per round, so that rounding errors do not pile up.</summary>
/// <param name="length">Values in the window.</param>
public sealed class RollingSum(int length)
{
    private readonly RollingWindow window = new(length);

    public int Count => window.Count;

    public bool IsFull => window.IsFull;

    /// <summary>Of what is in the window.</summary>
    public double Value { get; private set; }

    public void Add(double value)
    {
        Value += value - window.Add(value);
        if (window.IsRoundEnd) Renew();
    }

    private void Renew()
    {
        var sum = 0.0;
        foreach (var value in window.Values) sum += value;
        Value = sum;
    }
}
