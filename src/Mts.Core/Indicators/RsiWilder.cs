namespace Mts.Core.Indicators;

/// <summary>Relative strength index with smoothing 1/length, started by simple means, 0 to 100.</summary>
/// <param name="length">Changes in the first means.</param>
/// <remarks>Wilder, New Concepts in Technical Trading Systems, 1978.</remarks>
public sealed class RsiWilder(int length = 14)
{
    private double gain;
    private double loss;
    private double? last;
    private int changes;

    /// <summary>Null until there are length + 1 prices, and where the price has not moved at all.</summary>
    public double? Value => changes >= length && gain + loss > 0 ? 100 * gain / (gain + loss) : null;

    public void Add(double price)
    {
        if (last is { } before)
        {
            changes = Math.Min(changes + 1, length);
            gain += (Math.Max(0, price - before) - gain) / changes;
            loss += (Math.Max(0, before - price) - loss) / changes;
        }

        last = price;
    }
}
