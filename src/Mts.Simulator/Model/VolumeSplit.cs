namespace Mts.Simulator.Model;

/// <summary>Splits a day's volume and turnover among its minutes so that both sums are exact and every minute's mean price lies inside its range.</summary>
internal static class VolumeSplit
{
    private const int Bins = 64;

    /// <summary>Lots per minute: busier in European and American hours and when the price moves, tilted so that the day's mean price comes out.</summary>
    public static long[] Lots(in Candle day, Candle[] bars, ref NoiseStream noise)
    {
        var weights = Weights(bars, ref noise);
        if (day.High > day.Low) Tilt(day, bars, weights);

        var lots = new long[bars.Length];
        var total = weights.Sum();
        double spare = day.Volume - ((long)MinutePath.LeastLots * bars.Length);
        double sum = 0;
        long given = 0;
        for (var i = 0; i < bars.Length; i++)
        {
            sum += weights[i];
            var upTo = i == bars.Length - 1 ? (long)spare : (long)Math.Min(spare, spare * (sum / total));
            lots[i] = MinutePath.LeastLots + upTo - given;
            given = upTo;
        }

        return lots;
    }

    /// <summary>Turnover per minute: the mid of the bar, then the rest of the day's sum spread over what room the bars leave.</summary>
    /// <exception cref="InvalidOperationException">The volumes do not fit the turnover.</exception>
    public static Int128[] Quotes(in Candle day, Candle[] bars, long[] lots)
    {
        var quotes = new Int128[bars.Length];
        Int128 rest = day.Quote;
        Int128 room = 0;
        for (var i = 0; i < bars.Length; i++)
        {
            quotes[i] = (Int128)lots[i] * Sum(bars[i]) / 4;
            rest -= quotes[i];
        }

        for (var i = 0; i < bars.Length; i++) room += Room(bars[i], lots[i], quotes[i], rest);
        if (Int128.Abs(rest) > room) throw new InvalidOperationException($"a turnover of {day.Quote} does not fit the minutes of day {day.OpenMs}; {rest} is left over.");

        Int128 roomBefore = 0;
        Int128 spent = 0;
        for (var i = 0; i < bars.Length && rest != 0; i++)
        {
            roomBefore += Room(bars[i], lots[i], quotes[i], rest);
            var upTo = MulDiv(rest, roomBefore, room);
            quotes[i] += upTo - spent;
            spent = upTo;
        }

        return quotes;
    }

    private static double[] Weights(Candle[] bars, ref NoiseStream noise)
    {
        var weights = new double[bars.Length];
        double mean = 0;
        foreach (var bar in bars) mean += bar.High - bar.Low;
        mean = Math.Max(mean / bars.Length, 1e-9);
        for (var i = 0; i < bars.Length; i++)
        {
            var hour = (bars[i].OpenMs % Clock.Day) / (double)Clock.Hour;
            var daily = 1 + (0.45 * Math.Cos((hour - 15) * Math.PI / 12)) + (bars[i].OpenMs % Clock.Hour == 0 ? 0.5 : 0);
            var moving = 0.4 + (0.6 * (bars[i].High - bars[i].Low) / mean);
            weights[i] = daily * moving * Math.Exp(0.5 * noise.NextGaussian());
        }

        return weights;
    }

    // Multiplies each weight by e^(λz), where z is the minute's mean price within the day's range and λ is such that the mean comes out.
    private static void Tilt(in Candle day, Candle[] bars, double[] weights)
    {
        var range = 4.0 * (day.High - day.Low);
        Span<double> weight = stackalloc double[Bins];
        Span<double> moment = stackalloc double[Bins];
        var bin = new byte[bars.Length];
        double plain = 0;
        for (var i = 0; i < bars.Length; i++)
        {
            var z = (Sum(bars[i]) - (4 * day.Low)) / range;
            plain += z;
            bin[i] = (byte)Math.Min(Bins - 1, (int)(z * Bins));
            weight[bin[i]] += weights[i];
            moment[bin[i]] += weights[i] * z;
        }

        var wanted = ((double)day.Quote - ((double)day.Volume * day.Low)) / (day.High - day.Low);
        var least = (double)MinutePath.LeastLots;
        var target = (wanted - (least * plain)) / (day.Volume - (least * bars.Length));
        Span<double> factor = stackalloc double[Bins];
        double low = -400, high = 400;
        for (var step = 0; step < 60; step++)
        {
            var tilt = (low + high) / 2;
            if (MeanAt(tilt, weight, moment, factor) < target) low = tilt;
            else high = tilt;
        }

        for (var i = 0; i < bars.Length; i++) weights[i] *= factor[bin[i]];
    }

    private static double MeanAt(double tilt, ReadOnlySpan<double> weight, ReadOnlySpan<double> moment, Span<double> factor)
    {
        double sum = 0, first = 0;
        for (var b = 0; b < Bins; b++)
        {
            factor[b] = Math.Exp(tilt * ((b + 0.5) / Bins - (tilt > 0 ? 1 : 0)));
            sum += factor[b] * weight[b];
            first += factor[b] * moment[b];
        }

        return sum > 0 ? first / sum : 0.5;
    }

    private static long Sum(in Candle bar) => bar.Open + bar.High + bar.Low + bar.Close;

    private static Int128 Room(in Candle bar, long lots, Int128 quote, Int128 rest) =>
        rest >= 0 ? ((Int128)lots * bar.High) - quote : quote - ((Int128)lots * bar.Low);

    // Both are turnovers of a day, at most some 2^80; the quotient keeps the product inside 128 bits by going through double only when it must.
    private static Int128 MulDiv(Int128 rest, Int128 part, Int128 whole) =>
        part == whole ? rest : (Int128)((double)rest * ((double)part / (double)whole));
}
