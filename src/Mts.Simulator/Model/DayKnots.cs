namespace Mts.Simulator.Model;

/// <summary>The coarse path of one day: the price at every full hour and at the moments of the day's high and low. Cheap, and what the minutes are drawn between.</summary>
internal sealed class DayKnots
{
    private readonly List<(int Minute, double Price)> knots = [];

    /// <param name="day">The day's bar; the path starts at its open, ends at its close, and touches high and low.</param>
    /// <param name="minutes">Length of the path; less than 1440 on the first day.</param>
    /// <param name="key">Names the coin and the day, so that all its markets move alike.</param>
    public DayKnots(in Candle day, int minutes, ulong key)
    {
        var noise = new NoiseStream(key);
        Low = day.Low;
        High = day.High;
        Deviation = (High - Low) / 1.67 / Math.Sqrt(minutes);

        var fixedPoints = FixedPoints(day, minutes, ref noise);
        knots.Add(fixedPoints[0]);
        for (var i = 1; i < fixedPoints.Count; i++) Bridge(fixedPoints[i - 1], fixedPoints[i], ref noise);
    }

    public double Low { get; }

    public double High { get; }

    /// <summary>Deviation of one minute's step, price units.</summary>
    public double Deviation { get; }

    public IReadOnlyList<(int Minute, double Price)> Knots => knots;

    /// <summary>The price at <paramref name="minute"/>, a full hour.</summary>
    public double PriceAt(int minute) => knots.Find(k => k.Minute == minute).Price;

    /// <summary>Reflects a wandering price back into the day's range.</summary>
    public double Fold(double price)
    {
        var width = High - Low;
        if (width <= 0) return Low;
        var x = (price - Low) % (2 * width);
        if (x < 0) x += 2 * width;
        return Low + (x <= width ? x : (2 * width) - x);
    }

    private static List<(int Minute, double Price)> FixedPoints(in Candle day, int minutes, ref NoiseStream noise)
    {
        var highAt = day.High == day.Open ? 0 : day.High == day.Close ? minutes : 1 + noise.NextBelow(minutes - 1);
        var lowAt = day.Low == day.Open ? 0 : day.Low == day.Close ? minutes : 1 + noise.NextBelow(minutes - 1);
        if (highAt == lowAt && highAt > 0 && highAt < minutes) lowAt = lowAt == minutes - 1 ? lowAt - 1 : lowAt + 1;

        var points = new SortedDictionary<int, double> { [0] = day.Open, [minutes] = day.Close };
        points[highAt] = day.High;
        points[lowAt] = day.Low;
        return [.. points.Select(p => (p.Key, p.Value))];
    }

    private void Bridge((int Minute, double Price) from, (int Minute, double Price) to, ref NoiseStream noise)
    {
        var price = from.Price;
        var at = from.Minute;
        for (var hour = ((at / 60) + 1) * 60; hour < to.Minute; hour += 60)
        {
            // A Brownian bridge, one step of the remaining way at a time.
            double left = to.Minute - at;
            double step = hour - at;
            var mean = price + ((to.Price - price) * step / left);
            price = Fold(mean + (Deviation * Math.Sqrt(step * (left - step) / left) * noise.NextGaussian()));
            at = hour;
            knots.Add((hour, price));
        }

        knots.Add(to);
    }
}
