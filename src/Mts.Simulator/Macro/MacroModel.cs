using Mts.Simulator.Model;

namespace Mts.Simulator.Macro;

/// <summary>The macroeconomic series of the model, all drawn from the same weather as the coins.</summary>
internal sealed class MacroModel
{
    private readonly Weather weather;
    private readonly ulong seed;

    public MacroModel(Weather weather, ulong seed)
    {
        this.weather = weather;
        this.seed = Noise.Key(seed, "macro");
        Series = [.. Rates(), .. Markets(), .. Monthly()];
    }

    public IReadOnlyList<MacroSeries> Series { get; }

    public static double DollarsPerEuro(WeatherDay day) => 1.13 * Math.Exp(-0.9 * (day.Dollar - Math.Log(112)));

    public static double YuanPerDollar(WeatherDay day) => 6.9 * Math.Exp(0.35 * (day.Dollar - Math.Log(112)));

    private IEnumerable<MacroSeries> Rates()
    {
        foreach (var (years, lean) in ((int, double)[])[(1, -0.7), (2, -0.5), (5, -0.1), (10, 0.5), (20, 0.85), (30, 0.8)])
        {
            yield return Daily($"DGS{years}", $"Market Yield on U.S. Treasury Securities at {years}-Year Constant Maturity, Quoted on an Investment Basis", MacroCalendar.Bank, 2000, 2, "Percent", "%",
                day => Yield(day, lean, years), day => NextDay(day, 15, 16));
        }

        yield return Daily("T10Y2Y", "10-Year Treasury Constant Maturity Minus 2-Year Treasury Constant Maturity", MacroCalendar.Bank, 2000, 2, "Percent", "%",
            day => Math.Round(Yield(day, 0.5, 10), 2) - Math.Round(Yield(day, -0.5, 2), 2), day => NextDay(day, 16, 2));
        yield return Daily("DFF", "Federal Funds Effective Rate", MacroCalendar.SevenDays, 2000, 2, "Percent", "%", FedFunds, day => NextDay(day, 8, 1));
        yield return Daily("SOFR", "Secured Overnight Financing Rate", MacroCalendar.Bank, 2018, 2, "Percent", "%",
            day => Math.Max(0.01, FedFunds(day) - 0.02 + (0.02 * Draw("SOFR", day)) + (day.AddDays(1).Day == 1 ? 0.09 : 0)), day => NextDay(day, 7, 1)) with { First = new DateOnly(2018, 4, 3), VintagesFrom = new DateOnly(2018, 4, 4) };
        yield return Daily("BAMLH0A0HYM2", "ICE BofA US High Yield Index Option-Adjusted Spread", MacroCalendar.Exchange, 2000, 2, "Percent", "%",
            day => 2.6 + (0.11 * (At(day).Vix - 12)) + (0.05 * Draw("HY", day)), day => NextDay(day, 8, 35));
        yield return Daily("RRPONTSYD", "Overnight Reverse Repurchase Agreements: Treasury Securities Sold by the Federal Reserve in the Temporary Open Market Operations", MacroCalendar.Bank, 2013, 3, "Billions of US Dollars", "Bil. of US $",
            day => Math.Max(0.05, (2300 * Math.Exp(-Math.Pow((day.DayNumber - new DateOnly(2022, 10, 1).DayNumber) / 330.0, 2))) + 6 + (8 * Math.Abs(Draw("RRP", day)))),
            day => UsCalendar.CentralMs(UsCalendar.BusinessDayFrom(day), 13, 2)) with { First = new DateOnly(2013, 9, 23) };
    }

    private IEnumerable<MacroSeries> Markets()
    {
        yield return Daily("VIXCLS", "CBOE Volatility Index: VIX", MacroCalendar.Exchange, 2000, 2, "Index", "Index", day => At(day).Vix, day => NextDay(day, 8, 36));
        yield return Daily("DTWEXBGS", "Nominal Broad U.S. Dollar Index", MacroCalendar.Bank, 2006, 4, "Index Jan 2006=100", "Index Jan 2006=100", day => Math.Exp(At(day).Dollar), WeeklyMonday) with
        {
            First = new DateOnly(2006, 1, 2), VintagesFrom = new DateOnly(2019, 3, 4), Revisions = DollarRevisions,
        };
        yield return Daily("DEXUSEU", "U.S. Dollars to Euro Spot Exchange Rate", MacroCalendar.Bank, 2000, 4, "U.S. Dollars to One Euro", "U.S. $ to 1 Euro", day => DollarsPerEuro(At(day)), WeeklyMonday);
        yield return Daily("DEXCHUS", "Chinese Yuan Renminbi to U.S. Dollar Spot Exchange Rate", MacroCalendar.Bank, 2000, 4, "Chinese Yuan Renminbi to One U.S. Dollar", "Chinese Yuan to 1 U.S. $", day => YuanPerDollar(At(day)), WeeklyMonday);
    }

    private IEnumerable<MacroSeries> Monthly()
    {
        yield return Month("CPIAUCSL", "Consumer Price Index for All Urban Consumers: All Items in U.S. City Average", 3, "Index 1982-1984=100", "Index 1982-1984=100", month => Prices(month) * 1.0, CpiRelease) with
        {
            IsSeasonallyAdjusted = true, Revisions = CpiRevisions,
        };
        yield return Month("CPIAUCNS", "Consumer Price Index for All Urban Consumers: All Items in U.S. City Average", 3, "Index 1982-1984=100", "Index 1982-1984=100",
            month => Prices(month) * (1 + (0.002 * Math.Sin(month.Month * Math.PI / 6))), CpiRelease);
        yield return Month("M2SL", "M2", 1, "Billions of Dollars", "Bil. of $", month => 4667 * Math.Exp(0.0048 * Months(month)) * (1 + (0.002 * Draw("M2", month))), MoneyRelease) with
        {
            IsSeasonallyAdjusted = true,
            Revisions = month => Enumerable.Range(1, 2).Select(k => (MoneyRelease(month.AddMonths(k)), 1 + (0.0012 * Draw($"M2 {k}", month)))),
        };
        yield return Month("FEDFUNDS", "Federal Funds Effective Rate", 2, "Percent", "%",
            month => Enumerable.Range(0, DateTime.DaysInMonth(month.Year, month.Month)).Average(d => Math.Round(FedFunds(month.AddDays(d)), 2)),
            month => UsCalendar.CentralMs(UsCalendar.BusinessDayFrom(month.AddMonths(1)), 14, 17));
    }

    private static MacroSeries Daily(
        string id, string title, MacroCalendar calendar, int firstYear, int decimals, string units, string unitsShort, Func<DateOnly, double> value, Func<DateOnly, long> release) =>
        new(id, title, calendar, new DateOnly(firstYear, 1, 3), decimals, units, unitsShort) { Value = value, Release = release };

    private static MacroSeries Month(string id, string title, int decimals, string units, string unitsShort, Func<DateOnly, double> value, Func<DateOnly, long> release) =>
        new(id, title, MacroCalendar.Monthly, new DateOnly(2000, 1, 1), decimals, units, unitsShort) { Value = value, Release = release };

    private static long NextDay(DateOnly day, int hour, int minute) => UsCalendar.CentralMs(UsCalendar.NextBusinessDay(day), hour, minute);

    // Weekly data come on the Monday after the week, at 16:15 in New York, or on Tuesday where Monday is a holiday.
    private static long WeeklyMonday(DateOnly day) =>
        UsCalendar.CentralMs(UsCalendar.BusinessDayFrom(day.AddDays(day.DayOfWeek == DayOfWeek.Sunday ? 1 : 8 - (int)day.DayOfWeek)), 15, 15);

    private static long CpiRelease(DateOnly month) => UsCalendar.CentralMs(UsCalendar.BusinessDayFrom(month.AddMonths(1).AddDays(10 + (month.Month % 4))), 7, 31);

    private static long MoneyRelease(DateOnly month)
    {
        var first = month.AddMonths(1);
        var tuesday = first.AddDays((((int)DayOfWeek.Tuesday - (int)first.DayOfWeek + 7) % 7) + 21);
        return UsCalendar.CentralMs(UsCalendar.BusinessDayFrom(tuesday), 12, 1);
    }

    // Each February the seasonal factors of the last five years are estimated anew.
    private IEnumerable<(long FromMs, double Factor)> CpiRevisions(DateOnly month)
    {
        var first = CpiRelease(month);
        for (var year = month.Year; year <= month.Year + 6; year++)
        {
            var release = CpiRelease(new DateOnly(year, 1, 1));
            if (release <= first || new DateOnly(year, 1, 1) > month.AddMonths(60)) continue;
            yield return (release, 1 + (0.0009 * Draw($"CPI {year}", month)));
        }
    }

    // Once a year the weights of the countries change, which moves the last year.
    private IEnumerable<(long FromMs, double Factor)> DollarRevisions(DateOnly day)
    {
        var at = WeeklyMonday(new DateOnly(day.Year + 1, 1, 24));
        if (at > WeeklyMonday(day)) yield return (at, 1 + (0.0006 * Draw("weights", new DateOnly(day.Year, 1, 1))));
    }

    private double Yield(DateOnly day, double lean, int years) => Math.Max(0.03, At(day).Rates + 0.6 + (lean * At(day).Slope) + (0.012 * Draw($"DGS{years}", day)));

    // The target moves in quarters at meetings, six weeks apart.
    private double FedFunds(DateOnly day)
    {
        var business = day;
        while (!UsCalendar.IsBusinessDay(business)) business = business.AddDays(-1);
        var origin = new DateOnly(2000, 1, 1).DayNumber;
        var meeting = DateOnly.FromDayNumber(origin + ((business.DayNumber - origin) / 42 * 42));
        var target = Math.Max(0, Math.Floor(4 * (At(meeting).Rates - (0.5 * At(meeting).Slope))) / 4);
        return target + 0.08 + (Draw("DFF", business) > 1.6 ? 0.01 : 0);
    }

    private double Prices(DateOnly month) => 169.3 * Math.Exp(0.00205 * Months(month)) * (1 + (0.012 * Math.Sin(Months(month) / 29.0)) + (0.0006 * Draw("CPI", month)));

    private static int Months(DateOnly month) => ((month.Year - 2000) * 12) + month.Month - 1;

    private WeatherDay At(DateOnly day) => weather[Clock.DayOf(day)];

    /// <returns>A standard normal number of that name and day.</returns>
    private double Draw(string name, DateOnly day) => new NoiseStream(Noise.Key(Noise.Key(seed, name), day.DayNumber)).NextGaussian();
}
