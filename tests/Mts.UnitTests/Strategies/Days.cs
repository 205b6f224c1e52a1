using Mts.Core.Market;

namespace Mts.UnitTests.Strategies;

/// <summary>Daily bars for tests.</summary>
internal static class Days
{
    public static readonly Timestamp Start = Timestamp.FromDate(new DateOnly(2024, 1, 1));

    public static BarSeries Of(params double[] closes) => Of("BTC", closes);

    public static BarSeries Of(string asset, params double[] closes) => BarSeries.From(
        new SeriesKey("test", new Symbol(asset, "USDT"), Interval.Day),
        hasVolume: true,
        [.. closes.Select((c, i) => new Bar(At(i), c, c, c, c, 1))]);

    public static double[] Walk(int seed, int count, double deviation = 0.03)
    {
        var random = new Random(seed);
        var price = 100.0;
        var closes = new double[count];
        for (var i = 0; i < count; i++) closes[i] = price *= Math.Exp(deviation * ((2 * random.NextDouble()) - 1));
        return closes;
    }

    /// <summary>A VIX for each business day, known when the catalogue says.</summary>
    public static Dictionary<string, MacroObservation[]> Vix(int days, Func<int, double?> value)
    {
        var series = MacroCatalog.Find("VIX");
        var observations = Enumerable.Range(-10, days + 10)
            .Select(i => (Day: At(i).Date, Value: value(i)))
            .Where(o => UsBusinessCalendar.IsBusinessDay(o.Day))
            .Select(o => new MacroObservation(o.Day, o.Value, series.KnownTime(o.Day)));
        return new Dictionary<string, MacroObservation[]> { [series.Id] = [.. observations] };
    }

    public static Timestamp At(int day) => Start + TimeSpan.FromDays(day);
}
