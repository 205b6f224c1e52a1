namespace Mts.Cli.Commands.Bench;

/// <summary>A seeded walk of one-minute bars with prices of two decimals, so that text and numbers are the same.</summary>
internal static class BenchSeries
{
    public static readonly SeriesKey Key = new("bench", new Symbol("BTC", "USDT"), Interval.Minute);
    private static readonly Timestamp First = Timestamp.Parse("2020-01-01");

    public static BarSeries Of(int bars, int seed, string coin = "BTC")
    {
        var random = new Random(seed);
        var builder = new BarSeriesBuilder(bars);
        var price = 2_000_000L; // cents
        for (var i = 0; i < bars; i++)
        {
            var open = price;
            var (high, low) = (open, open);
            for (var step = 0; step < 4; step++)
            {
                price = Math.Max(1_000, price + (long)((random.NextDouble() - 0.5) * price * 0.002));
                (high, low) = (Math.Max(high, price), Math.Min(low, price));
            }

            builder.Add(First.Micros + (i * Key.Interval.Micros), open / 100.0, high / 100.0, low / 100.0, price / 100.0, random.Next(1, 1_000_000) / 1_000.0);
        }

        return builder.Build(Key with { Symbol = new Symbol(coin, "USDT") }, hasVolume: true);
    }
}
