using System.Globalization;
using Mts.Simulator.Macro;

namespace Mts.Simulator.Fred;

/// <summary>The observations of a series as they were known in a real-time period.</summary>
internal static class FredObservations
{
    private const int MostVintages = 2000;

    public static FredDocument Answer(FredQuery query, MacroArchive archive, long nowMs)
    {
        var series = query.Series();
        var vintages = query.VintageDates();
        var (start, end) = vintages is null ? query.RealTime() : (vintages[0], vintages[^1]);
        var from = query.Date("observation_start") ?? new DateOnly(1776, 7, 4);
        var to = query.Date("observation_end") ?? FredQuery.Forever;
        var limit = query.Number("limit", 100_000, 1, 100_000);
        var offset = query.Number("offset", 0, 0, int.MaxValue);
        var order = query.OneOf("sort_order", "asc", "asc", "desc");
        var type = int.Parse(query.OneOf("output_type", "1", "1", "2", "3", "4"), CultureInfo.InvariantCulture);
        var units = query.OneOf("units", "lin", FredUnits.Names);
        var frequency = query.OneOf("frequency", series.FrequencyShort.ToLowerInvariant(), FredFrequency.Names);
        var aggregation = query.OneOf("aggregation_method", "avg", "avg", "sum", "eop");
        if (FredFrequency.IsFiner(frequency, series)) throw FredRefusal.Bad($"The value for variable frequency, {frequency}, is higher than the series' own frequency.");

        var all = archive.PublicRows(series, nowMs);
        CheckVintages(all, start, end);
        var periods = vintages is null ? [(start, end)] : vintages.Select(v => (v, v)).ToArray();
        var known = all.Select(row => Known.Of(row, periods)).Where(row => row.Spells.Count > 0).ToList();
        known = FredFrequency.Aggregate(known, series, frequency, aggregation);
        known = FredUnits.Transform(known, units, FredFrequency.PerYear(frequency));
        known = [.. known.Where(row => row.Day >= from && row.Day <= to)];

        var decimals = units == "lin" ? series.Decimals : 5;
        var rows = type switch
        {
            1 => known.SelectMany(row => row.Spells.Select(s => Spell(row.Day, s, decimals))).ToList(),
            4 => [.. known.Where(row => row.IsFirstInside).Select(row => Spell(row.Day, row.Spells[0], decimals))],
            _ => Columns(series, known, all, start, end, vintages, type == 3, decimals),
        };
        if (order == "desc") rows.Reverse();
        return new FredDocument("observations",
        [
            ("realtime_start", FredQuery.Iso(start)), ("realtime_end", FredQuery.Iso(end)), ("observation_start", FredQuery.Iso(from)), ("observation_end", FredQuery.Iso(to)),
            ("units", units), ("output_type", type), ("file_type", "json"), ("order_by", "observation_date"), ("sort_order", order),
            ("count", rows.Count), ("offset", offset), ("limit", limit),
        ], "observations", "observation", [.. rows.Skip(offset).Take(limit)]);
    }

    private static void CheckVintages(IReadOnlyList<MacroRow> rows, DateOnly start, DateOnly end)
    {
        var count = MacroArchive.VintageDates(rows).Count(d => d >= start && d <= end);
        if (count <= MostVintages) return;
        throw FredRefusal.Bad(
            $"There are {count} vintage dates in the specified real-time period: {FredQuery.Iso(start)} to {FredQuery.Iso(end)}.  This exceeds the maximum number of vintage dates allowed ({MostVintages}).");
    }

    private static IReadOnlyList<(string Name, object Value)> Spell(DateOnly day, KnownSpell spell, int decimals) =>
        [("realtime_start", FredQuery.Iso(spell.Start)), ("realtime_end", FredQuery.Iso(spell.End)), ("date", FredQuery.Iso(day)), ("value", Text(spell.Value, decimals))];

    // One column per vintage: all of them, or only where the value is new or revised.
    private static List<IReadOnlyList<(string Name, object Value)>> Columns(
        MacroSeries series, List<Known> known, IReadOnlyList<MacroRow> all, DateOnly start, DateOnly end, IReadOnlyList<DateOnly>? asked, bool onlyNew, int decimals)
    {
        var dates = asked ?? [.. MacroArchive.VintageDates(all).Where(d => d >= start && d <= end)];
        var rows = new List<IReadOnlyList<(string Name, object Value)>>();
        foreach (var row in known)
        {
            var cells = new List<(string Name, object Value)> { ("date", FredQuery.Iso(row.Day)) };
            foreach (var date in dates)
            {
                var spell = row.Spells.FirstOrDefault(s => s.Start <= date && date <= s.End);
                if (onlyNew && (spell is null || spell.Start != date || !spell.BeginsInside)) continue;
                cells.Add(($"{series.Id}_{date.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}", spell is null ? "." : Text(spell.Value, decimals)));
            }

            if (cells.Count > 1) rows.Add(cells);
        }

        return rows;
    }

    // FRED drops trailing zeros of a number: 4.1, not 4.10.
    public static string Text(double? value, int decimals) => value is { } v ? Math.Round(v, decimals).ToString("0.#######", CultureInfo.InvariantCulture) : ".";
}
