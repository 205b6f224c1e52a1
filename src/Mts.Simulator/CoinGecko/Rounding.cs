namespace Mts.Simulator.CoinGecko;

/// <summary>How the vendor rounds where nobody asks for full precision: large prices to whole units, small ones to six significant digits.</summary>
internal static class Rounding
{
    public static double Price(double price, int? digits)
    {
        if (digits is { } d) return Math.Round(price, Math.Min(d, 15));
        if (price >= 1_000) return Math.Round(price);
        if (price >= 1) return Math.Round(price, 2);
        return Significant(price, 6);
    }

    public static double Significant(double value, int digits)
    {
        if (value == 0) return 0;
        var decimals = digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return decimals <= 15 ? Math.Round(value, Math.Max(0, decimals)) : value;
    }
}
