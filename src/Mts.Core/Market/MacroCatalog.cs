namespace Mts.Core.Market;

/// <summary>The macro series the product knows by name.</summary>
public static class MacroCatalog
{
    // Lags of monthly and weekly series are the usual ones of their releases, rounded up to the latest day seen.
    public static IReadOnlyList<MacroSeries> All { get; } =
    [
        Daily("VIXCLS", "CBOE Volatility Index, close", "index", "VIX"),
        new("DTWEXBGS", ["DXY", "USD"], "Broad USD Index (FRED), the free stand-in for DXY", "Jan 2006 = 100", ReleaseRule.FollowingMonday),
        Daily("DGS10", "10-Year Treasury yield", "percent", "TREASURY_10Y"),
        Daily("DFF", "Effective federal funds rate", "percent", "FED_FUNDS_RATE"),
        Daily("DGS1", "1-Year Treasury yield", "percent"),
        Daily("DGS2", "2-Year Treasury yield", "percent"),
        Daily("DGS5", "5-Year Treasury yield", "percent"),
        Daily("DGS20", "20-Year Treasury yield", "percent"),
        Daily("DGS30", "30-Year Treasury yield", "percent"),
        new("DEXUSEU", [], "US dollars to one euro", "USD", ReleaseRule.FollowingMonday),
        new("DEXCHUS", [], "Chinese yuan to one US dollar", "CNY", ReleaseRule.FollowingMonday),
        Daily("BAMLH0A0HYM2", "US high yield spread, option adjusted", "percent", "HY_SPREAD"),
        Daily("RRPONTSYD", "Overnight reverse repurchase agreements", "billions of USD"),
        Daily("SOFR", "Secured overnight financing rate", "percent"),
        Daily("T10Y2Y", "10-year minus 2-year Treasury yield", "percent"),
        Daily("T10Y3M", "10-year minus 3-month Treasury yield", "percent"),
        new("DX-Y.NYB", ["ICE_DXY"], "US Dollar Index (ICE), close as Yahoo gives it", "Mar 1973 = 100", ReleaseRule.NextBusinessDay),
        new("FEDFUNDS", [], "Federal funds rate, monthly mean", "percent", ReleaseRule.FixedLag, 34),
        new("CPIAUCSL", ["CPI"], "Consumer price index, seasonally adjusted", "1982-84 = 100", ReleaseRule.FixedLag, 47),
        new("CPIAUCNS", [], "Consumer price index", "1982-84 = 100", ReleaseRule.FixedLag, 47),
        new("M2SL", ["M2"], "Money stock M2, seasonally adjusted", "billions of USD", ReleaseRule.FixedLag, 60),
        new("WM2NS", [], "Money stock M2, weekly", "billions of USD", ReleaseRule.FixedLag, 30),
        new("WGS10YR", [], "10-Year Treasury yield, weekly mean", "percent", ReleaseRule.FixedLag, 4),
        new("GDP", [], "Gross domestic product", "billions of USD", ReleaseRule.FixedLag, 121),
    ];

    /// <summary>What <c>ALL</c> means: the series that the first version of the system collected.</summary>
    public static IReadOnlyList<string> Standard { get; } =
        ["VIXCLS", "DTWEXBGS", "DGS10", "DFF", "DGS1", "DGS2", "DGS5", "DGS20", "DGS30", "DEXUSEU", "DEXCHUS", "BAMLH0A0HYM2", "RRPONTSYD", "SOFR"];

    /// <exception cref="ConfigurationException">No series has that id or alias; the message gives the nearest ones.</exception>
    public static MacroSeries Find(string name) =>
        TryFind(name) ?? throw new ConfigurationException(
            $"unknown macro indicator '{name}'{NearestNames.Suggest(NearestNames.To(name, All.SelectMany(s => s.Aliases.Append(s.Id))))}; " +
            $"known are {string.Join(' ', All.Select(s => s.Aliases.Count > 0 ? s.Aliases[0] : s.Id))} and ALL.");

    public static MacroSeries? TryFind(string name) =>
        All.FirstOrDefault(s => s.Aliases.Append(s.Id).Contains(name, StringComparer.OrdinalIgnoreCase));

    private static MacroSeries Daily(string id, string title, string units, params string[] aliases) =>
        new(id, aliases, title, units, ReleaseRule.NextBusinessDay);
}
