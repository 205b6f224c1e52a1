namespace Mts.Core.Market;

/// <summary>The greatest and the least of many prices, all of them numbers: without the care for NaN of <see cref="Math.Max(double, double)"/>, several times as fast.</summary>
public static class Extremes
{
    /// <param name="prices">At least one.</param>
    public static double Greatest(ReadOnlySpan<double> prices)
    {
        var greatest = prices[0];
        foreach (var price in prices)
        {
            if (price > greatest) greatest = price;
        }

        return greatest;
    }

    /// <param name="prices">At least one.</param>
    public static double Least(ReadOnlySpan<double> prices)
    {
        var least = prices[0];
        foreach (var price in prices)
        {
            if (price < least) least = price;
        }

        return least;
    }
}
