namespace Mts.Simulator.Model;

/// <summary>Draws the minutes of a day so that they add up to the day's bar exactly: prices, volume, turnover, trades.</summary>
internal static class MinutePath
{
    /// <summary>Least quantity per minute, in lots, and least number of trades; every minute trades.</summary>
    public const int LeastLots = 16;
    public const int LeastTrades = 8;

    public static Candle[] Of(in Candle day, DayKnots knots, int minutes, long openMs, ulong key)
    {
        var noise = new NoiseStream(Noise.Mix(key + 1));
        var nodes = Nodes(day, knots, minutes, ref noise);
        var bars = Prices(day, nodes, knots.Deviation, openMs, ref noise);
        var lots = VolumeSplit.Lots(day, bars, ref noise);
        var quotes = VolumeSplit.Quotes(day, bars, lots);
        Fill(day, bars, lots, quotes);
        return bars;
    }

    private static long[] Nodes(in Candle day, DayKnots knots, int minutes, ref NoiseStream noise)
    {
        var nodes = new long[minutes + 1];
        nodes[0] = day.Open;
        for (var k = 1; k < knots.Knots.Count; k++)
        {
            var (at, price) = knots.Knots[k - 1];
            var (end, target) = knots.Knots[k];
            for (var minute = at + 1; minute < end; minute++)
            {
                double left = end - minute + 1;
                price = knots.Fold(price + ((target - price) / left) + (knots.Deviation * Math.Sqrt((left - 1) / left) * noise.NextGaussian()));
                nodes[minute] = Round(price, day);
            }

            nodes[end] = Round(target, day);
        }

        return nodes;
    }

    private static Candle[] Prices(in Candle day, long[] nodes, double deviation, long openMs, ref NoiseStream noise)
    {
        var bars = new Candle[nodes.Length - 1];
        for (var i = 0; i < bars.Length; i++)
        {
            // The next open is near the last close, seldom the same.
            var open = i == 0 ? nodes[0] : Round(nodes[i] + (0.08 * deviation * noise.NextGaussian()), day);
            var close = nodes[i + 1];
            var high = Round(Math.Max(open, close) - (0.35 * deviation * Math.Log(noise.NextUnit())), day);
            var low = Round(Math.Min(open, close) + (0.35 * deviation * Math.Log(noise.NextUnit())), day);
            bars[i] = new Candle(openMs + (i * Clock.Minute), open, Math.Max(high, Math.Max(open, close)), Math.Min(low, Math.Min(open, close)), close, 0, 0, 0, 0, 0);
        }

        return bars;
    }

    private static void Fill(in Candle day, Candle[] bars, long[] lots, Int128[] quotes)
    {
        var spareTrades = day.Trades - ((long)LeastTrades * bars.Length);
        long lotsBefore = 0;
        Int128 quoteBefore = 0;
        for (var i = 0; i < bars.Length; i++)
        {
            var lotsAfter = lotsBefore + lots[i];
            var quoteAfter = quoteBefore + quotes[i];
            bars[i] = bars[i] with
            {
                Volume = lots[i],
                Quote = quotes[i],
                Trades = LeastTrades + Share(spareTrades, lotsAfter, day.Volume) - Share(spareTrades, lotsBefore, day.Volume),
                TakerVolume = Share(day.TakerVolume, lotsAfter, day.Volume) - Share(day.TakerVolume, lotsBefore, day.Volume),
                TakerQuote = (day.TakerQuote * lotsAfter / day.Volume) - (day.TakerQuote * lotsBefore / day.Volume),
            };
            (lotsBefore, quoteBefore) = (lotsAfter, quoteAfter);
        }
    }

    private static long Share(long whole, long part, long of) => (long)((Int128)whole * part / of);

    private static long Round(double price, in Candle day) => Math.Clamp((long)Math.Round(price), day.Low, day.High);
}
