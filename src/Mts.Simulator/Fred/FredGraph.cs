using System.Globalization;
using System.Text;
using Mts.Simulator.Http;
using Mts.Simulator.Macro;

namespace Mts.Simulator.Fred;

/// <summary>The chart's download, without a key: today's vintage, a missing value is an empty field. https://fred.stlouisfed.org/graph/fredgraph.csv</summary>
internal static class FredGraph
{
    public static Reply Answer(SimRequest request, MacroArchive archive)
    {
        var ids = (request.Parameters["id"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var series = ids.Select(archive.Find).ToList();
        if (series.Count == 0 || series.Contains(null)) return Reply.Text(404, "text/html; charset=UTF-8", "<!DOCTYPE html><html><head><title>Error - St. Louis Fed</title></head><body>The page you requested was not found.</body></html>");

        var at = Day(request.Parameters["vintage_date"]) is { } vintage ? UsCalendar.CentralMs(vintage.AddDays(1), 0, 0) - 1 : request.NowMs;
        var from = Day(request.Parameters["cosd"]) ?? DateOnly.MinValue;
        var to = Day(request.Parameters["coed"]) ?? DateOnly.MaxValue;
        var columns = series.Select(s => Column(s ?? throw new InvalidOperationException("an unknown series was refused above"), archive, Math.Min(at, request.NowMs))).ToList();
        var text = new StringBuilder("observation_date,").AppendJoin(',', ids).Append('\n');
        foreach (var day in columns.SelectMany(c => c.Keys).Distinct().Order().Where(d => d >= from && d <= to))
        {
            text.Append(FredQuery.Iso(day));
            foreach (var column in columns) text.Append(',').Append(column.GetValueOrDefault(day, ""));
            text.Append('\n');
        }

        return Reply.Text(200, "application/csv", text.ToString()).With("Content-Disposition", $"attachment; filename=\"{string.Join('_', ids)}.csv\"");
    }

    private static Dictionary<DateOnly, string> Column(MacroSeries series, MacroArchive archive, long atMs) =>
        archive.PublicRows(series, atMs).ToDictionary(r => r.Day, r => r.Vintages[^1].Value is { } v ? v.ToString($"F{series.Decimals}", CultureInfo.InvariantCulture) : "");

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
