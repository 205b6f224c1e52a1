using System.Globalization;
using Mts.Simulator.Macro;

namespace Mts.Simulator.Fred;

/// <summary>What a series is, and when it was published.</summary>
internal static class FredSeries
{
    public static FredDocument Series(FredQuery query, MacroArchive archive, long nowMs)
    {
        var series = query.Series();
        var (start, end) = query.RealTime();
        var rows = archive.PublicRows(series, nowMs);
        var updatedMs = rows.SelectMany(r => r.Vintages).Max(v => v.FromMs);
        var offset = UsCalendar.OffsetHours(UsCalendar.CentralDate(updatedMs));
        var updated = DateTimeOffset.FromUnixTimeMilliseconds(updatedMs).ToOffset(TimeSpan.FromHours(offset));
        var (realStart, realEnd) = (FredQuery.Iso(start), FredQuery.Iso(end));
        return new FredDocument("seriess", [("realtime_start", realStart), ("realtime_end", realEnd)], "seriess", "series",
        [
            [
                ("id", series.Id), ("realtime_start", realStart), ("realtime_end", realEnd), ("title", series.Title),
                ("observation_start", FredQuery.Iso(rows[0].Day)), ("observation_end", FredQuery.Iso(rows[^1].Day)),
                ("frequency", series.Frequency), ("frequency_short", series.FrequencyShort), ("units", series.Units), ("units_short", series.UnitsShort),
                ("seasonal_adjustment", series.IsSeasonallyAdjusted ? "Seasonally Adjusted" : "Not Seasonally Adjusted"),
                ("seasonal_adjustment_short", series.IsSeasonallyAdjusted ? "SA" : "NSA"),
                ("last_updated", updated.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + (offset == -5 ? "-05" : "-06")),
                ("popularity", 70), ("notes", "A simulated series; it describes no real economy."),
            ],
        ]);
    }

    public static FredDocument VintageDates(FredQuery query, MacroArchive archive, long nowMs)
    {
        var series = query.Series();
        var start = query.Date("realtime_start") ?? new DateOnly(1776, 7, 4);
        var end = query.Date("realtime_end") ?? FredQuery.Forever;
        var limit = query.Number("limit", 10_000, 1, 10_000);
        var offset = query.Number("offset", 0, 0, int.MaxValue);
        var order = query.OneOf("sort_order", "asc", "asc", "desc");
        var dates = MacroArchive.VintageDates(archive.PublicRows(series, nowMs)).Where(d => d >= start && d <= end).ToList();
        if (order == "desc") dates.Reverse();
        return new FredDocument("vintage_dates",
        [
            ("realtime_start", FredQuery.Iso(start)), ("realtime_end", FredQuery.Iso(end)), ("order_by", "vintage_date"), ("sort_order", order),
            ("count", dates.Count), ("offset", offset), ("limit", limit),
        ], "vintage_dates", "vintage_date", [.. dates.Skip(offset).Take(limit).Select(d => (IReadOnlyList<(string, object)>)[("", FredQuery.Iso(d))])]);
    }
}
