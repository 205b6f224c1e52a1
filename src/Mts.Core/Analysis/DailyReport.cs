using Mts.Core.Market;

namespace Mts.Core.Analysis;

/// <summary>The day's figures: macro series, yields, and what the assets did.</summary>
/// <param name="AsOf">Only what was public by then.</param>
/// <param name="Indicators">In the order of the catalogue.</param>
/// <param name="Yields">By maturity, shortest first.</param>
/// <param name="Assets">In the order given.</param>
/// <param name="Missing">Names of what had no value.</param>
public sealed record DailyReport(Timestamp AsOf, IReadOnlyList<DailyReport.Row> Indicators, IReadOnlyList<DailyReport.Row> Yields, IReadOnlyList<DailyReport.Row> Assets, IReadOnlyList<string> Missing)
{
    /// <summary>The macro series of the report.</summary>
    public static IReadOnlyList<string> IndicatorIds { get; } = ["VIXCLS", "DFF", "DTWEXBGS", "DEXUSEU", "DEXCHUS", "BAMLH0A0HYM2", "RRPONTSYD", "SOFR"];

    /// <summary>Treasury yields, and their maturities in years.</summary>
    public static IReadOnlyList<(string Id, int Years)> YieldIds { get; } = [("DGS1", 1), ("DGS2", 2), ("DGS5", 5), ("DGS10", 10), ("DGS20", 20), ("DGS30", 30)];

    /// <param name="id">Series or asset.</param>
    /// <param name="title">For people.</param>
    /// <param name="series">What was known.</param>
    /// <returns>Null where nothing was known.</returns>
    public static Row? RowOf(string id, string title, DailySeries series) => series.Length == 0
        ? null
        : new Row(id, title, Math.Round(series.Values[^1], 4), series.Days[^1], Percent(series, 7), Percent(series, 14), Percent(series, 30));

    private static double? Percent(DailySeries series, int days) => MacroFigures.Change(series, days) is { } change ? Math.Round(change * 100, 2) : null;

    /// <param name="Id">Series or asset.</param>
    /// <param name="Title">For people.</param>
    /// <param name="Value">Newest, to four decimals.</param>
    /// <param name="Day">The day it describes.</param>
    /// <param name="Change7">Percent to two decimals, against the newest value seven or more days before <paramref name="Day"/>; null without one or from zero.</param>
    /// <param name="Change14">The same over fourteen days.</param>
    /// <param name="Change30">The same over thirty days.</param>
    public sealed record Row(string Id, string Title, double Value, DateOnly Day, double? Change7, double? Change14, double? Change30);
}
