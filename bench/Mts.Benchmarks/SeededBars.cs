using Mts.Core.Market;

namespace Mts.Benchmarks;

/// <summary>A seeded walk of one-minute bars.</summary>
internal static class SeededBars
{
    public static BarSeries Of(int bars, int seed = 1, string coin = "BTC")
    {
        var (random, builder, price) = (new Random(seed), new BarSeriesBuilder(bars), 20_000.0);
        for (var i = 0; i < bars; i++)
        {
            var open = price;
            price = Math.Round(open * Math.Exp((random.NextDouble() - 0.5) * 0.002), 2);
            builder.Add(i * Interval.Minute.Micros, open, Math.Max(open, price) + 1, Math.Min(open, price) - 1, price, random.Next(1, 1_000));
        }

        return builder.Build(new SeriesKey("bench", new Symbol(coin, "USDT"), Interval.Minute), hasVolume: true);
    }
}
