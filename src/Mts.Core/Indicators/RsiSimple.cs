namespace Mts.Core.Indicators;

/// <summary>Relative strength index over simple means of gains and losses (Cutler), 0 to 100.</summary>
/// <param name="length">Changes in the means.</param>
public sealed class RsiSimple(int length = 14)
{
    private readonly RollingSum gains = new(length);
    private readonly RollingSum losses = new(length);
    private double? last;

    /// <summary>50, no view, until there are length + 1 prices and where the price has not moved at all.</summary>
    public double Value
    {
        get
        {
            if (!gains.IsFull) return 50;
            var (gain, loss) = (Math.Max(0, gains.Value), Math.Max(0, losses.Value));
            return gain + loss > 0 ? 100 * gain / (gain + loss) : 50;
        }
    }

    /// <summary>The index at the last of <paramref name="prices"/>.</summary>
    public static double Of(ReadOnlySpan<double> prices, int length = 14)
    {
        var rsi = new RsiSimple(length);
        foreach (var price in prices) rsi.Add(price);
        return rsi.Value;
    }

    public void Add(double price)
    {
        if (last is { } before)
        {
            gains.Add(Math.Max(0, price - before));
            losses.Add(Math.Max(0, before - price));
        }

        last = price;
    }
}
