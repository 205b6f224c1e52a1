namespace Mts.Simulator.Model;

/// <summary>The trades inside a minute: eight aggregated ones that start at its open, touch its extremes, end at its close, and add up to its volume.</summary>
internal static class MinuteTape
{
    public const int PerMinute = MinutePath.LeastTrades;

    /// <param name="minute">The finished minute.</param>
    /// <param name="minutesBefore">Minutes since the listing's first; numbers the aggregated trades.</param>
    /// <param name="tradesBefore">Single trades since the listing's first.</param>
    /// <param name="key">Names listing and minute.</param>
    public static Tape[] Of(in Candle minute, long minutesBefore, long tradesBefore, ulong key)
    {
        var noise = new NoiseStream(key);
        var prices = Prices(minute, ref noise);
        var tape = new Tape[PerMinute];
        var lots = Parts(minute.Volume, MinutePath.LeastLots / PerMinute, ref noise);
        var counts = Parts(minute.Trades, 1, ref noise);
        var number = tradesBefore;
        for (var i = 0; i < PerMinute; i++)
        {
            var offset = i == 0 ? 0 : (long)((i + noise.NextUnit()) * (Clock.Minute / PerMinute));
            var last = number + counts[i] - 1;
            tape[i] = new Tape((minutesBefore * PerMinute) + i, minute.OpenMs + offset, prices[i], lots[i], number, last, noise.NextUnit() < 0.5);
            number = last + 1;
        }

        return tape;
    }

    /// <summary>The bar of the trades from <paramref name="fromMs"/> up to but not including <paramref name="endMs"/>, or null where there was none.</summary>
    public static Candle? Sum(Tape[] tape, long fromMs, long endMs)
    {
        Candle? sum = null;
        foreach (var t in tape)
        {
            if (t.TimeMs < fromMs || t.TimeMs >= endMs) continue;
            var quote = (Int128)t.Price * t.Quantity;
            var bar = new Candle(
                fromMs, t.Price, t.Price, t.Price, t.Price, t.Quantity, quote, t.LastTrade - t.FirstTrade + 1,
                t.BuyerIsMaker ? 0 : t.Quantity, t.BuyerIsMaker ? 0 : quote);
            sum = sum is { } before ? before.Then(bar) : bar;
        }

        return sum;
    }

    private static long[] Prices(in Candle minute, ref NoiseStream noise)
    {
        var prices = new long[PerMinute];
        var highAt = 1 + noise.NextBelow(PerMinute - 2);
        var lowAt = 1 + noise.NextBelow(PerMinute - 3);
        if (lowAt >= highAt) lowAt++;
        for (var i = 0; i < PerMinute; i++)
        {
            prices[i] = minute.Low + (long)Math.Round(noise.NextUnit() * (minute.High - minute.Low));
        }

        prices[0] = minute.Open;
        prices[highAt] = minute.High;
        prices[lowAt] = minute.Low;
        prices[^1] = minute.Close;
        return prices;
    }

    private static long[] Parts(long whole, long least, ref NoiseStream noise)
    {
        Span<double> weights = stackalloc double[PerMinute];
        double total = 0;
        for (var i = 0; i < PerMinute; i++) total += weights[i] = -Math.Log(noise.NextUnit());
        var spare = whole - (least * PerMinute);
        var parts = new long[PerMinute];
        double sum = 0;
        long given = 0;
        for (var i = 0; i < PerMinute; i++)
        {
            sum += weights[i];
            var upTo = i == PerMinute - 1 ? spare : (long)(spare * (sum / total));
            parts[i] = least + upTo - given;
            given = upTo;
        }

        return parts;
    }
}
