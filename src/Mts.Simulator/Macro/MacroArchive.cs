using System.Collections.Concurrent;
using Mts.Simulator.Model;

namespace Mts.Simulator.Macro;

/// <summary>All rows of the series with all their vintages, as far as they are public at a moment.</summary>
internal sealed class MacroArchive(MacroModel model)
{
    private readonly ConcurrentDictionary<string, (DateOnly Through, IReadOnlyList<MacroRow> Rows)> cache = new();

    public MacroSeries? Find(string? id) => model.Series.FirstOrDefault(s => s.Id == id);

    /// <summary>The rows of which at least one vintage is public, with the public vintages only.</summary>
    public IReadOnlyList<MacroRow> PublicRows(MacroSeries series, long nowMs)
    {
        var rows = new List<MacroRow>();
        foreach (var row in Rows(series, UsCalendar.CentralDate(nowMs)))
        {
            if (row.Vintages[0].FromMs > nowMs) continue;
            rows.Add(row.Vintages[^1].FromMs <= nowMs ? row : new MacroRow(row.Day, [.. row.Vintages.Where(v => v.FromMs <= nowMs)]));
        }

        return rows;
    }

    /// <summary>All days on which something was published or revised, oldest first.</summary>
    public static IReadOnlyList<DateOnly> VintageDates(IEnumerable<MacroRow> rows) => [.. rows.SelectMany(r => r.Vintages).Select(v => v.From).Distinct().Order()];

    private IReadOnlyList<MacroRow> Rows(MacroSeries series, DateOnly through)
    {
        if (cache.TryGetValue(series.Id, out var known) && known.Through >= through) return known.Rows;
        var rows = Days(series, through).Select(day => new MacroRow(day, Vintages(series, day))).ToList();
        cache[series.Id] = (through, rows);
        return rows;
    }

    private static IEnumerable<DateOnly> Days(MacroSeries series, DateOnly through)
    {
        for (var day = series.First; day <= through; day = series.Calendar == MacroCalendar.Monthly ? day.AddMonths(1) : day.AddDays(1))
        {
            if (series.Calendar is MacroCalendar.Exchange or MacroCalendar.Bank && UsCalendar.IsWeekend(day)) continue;
            yield return day;
        }
    }

    private static List<Vintage> Vintages(MacroSeries series, DateOnly day)
    {
        double? value = IsClosed(series.Calendar, day) ? null : series.Value(day);
        var vintages = new List<Vintage>();
        Add(series, vintages, series.Release(day), value);
        foreach (var (fromMs, factor) in series.Revisions(day)) Add(series, vintages, fromMs, value * factor);
        return vintages;
    }

    // What was published before the archive begins is known only as it stood then; a revision that changes no digit is none.
    private static void Add(MacroSeries series, List<Vintage> vintages, long fromMs, double? value)
    {
        double? rounded = value is { } v ? Math.Round(v, series.Decimals) : null;
        var from = UsCalendar.CentralDate(fromMs);
        if (from < series.VintagesFrom) from = series.VintagesFrom;
        if (vintages.Count > 0 && vintages[^1].Value.Equals(rounded)) return;
        if (vintages.Count > 0 && vintages[^1].From == from) vintages.RemoveAt(vintages.Count - 1);
        vintages.Add(new Vintage(fromMs, from, rounded));
    }

    private static bool IsClosed(MacroCalendar calendar, DateOnly day) => calendar switch
    {
        MacroCalendar.Exchange => UsCalendar.IsExchangeHoliday(day),
        MacroCalendar.Bank => UsCalendar.IsBankHoliday(day),
        _ => false,
    };
}
