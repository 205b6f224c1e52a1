using Mts.Simulator.Macro;

namespace Mts.Simulator.Fred;

/// <summary>Aggregation to lower frequencies; weeks are dated by their last day, all else by its first.</summary>
internal static class FredFrequency
{
    public static readonly string[] Names = ["d", "w", "bw", "m", "q", "sa", "a", "wef", "weth", "wew", "wetu", "wem", "wesu", "wesa", "bwew", "bwem"];

    public static int PerYear(string frequency) => frequency switch { "d" => 260, "m" => 12, "q" => 4, "sa" => 2, "a" => 1, "bw" or "bwew" or "bwem" => 26, _ => 52 };

    public static bool IsFiner(string frequency, MacroSeries series) => series.Calendar == MacroCalendar.Monthly && PerYear(frequency) > 12;

    public static List<Known> Aggregate(List<Known> rows, MacroSeries series, string frequency, string method)
    {
        if (string.Equals(frequency, series.FrequencyShort, StringComparison.OrdinalIgnoreCase)) return rows;
        var groups = rows.GroupBy(r => Period(r.Day, frequency)).OrderBy(g => g.Key);
        return [.. groups.Select(g => One(g.Key, [.. g], method))];
    }

    // A period is known as a whole from the moment its last part is.
    private static Known One(DateOnly period, Known[] rows, string method)
    {
        var spells = rows.Select(r => r.Spells[^1]).ToArray();
        var values = spells.Where(s => s.Value is not null).Select(s => s.Value ?? 0).ToArray();
        double? value = values.Length == 0 ? null : method switch { "avg" => values.Average(), "sum" => values.Sum(), _ => values[^1] };
        return new Known(period, [new KnownSpell(spells.Max(s => s.Start), spells.Max(s => s.End), value, spells.Any(s => s.BeginsInside))], rows[^1].IsFirstInside);
    }

    private static DateOnly Period(DateOnly day, string frequency) => frequency switch
    {
        "m" => new DateOnly(day.Year, day.Month, 1),
        "q" => new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1),
        "sa" => new DateOnly(day.Year, day.Month <= 6 ? 1 : 7, 1),
        "a" => new DateOnly(day.Year, 1, 1),
        "weth" => WeekEnding(day, DayOfWeek.Thursday, 7),
        "wew" => WeekEnding(day, DayOfWeek.Wednesday, 7),
        "wetu" => WeekEnding(day, DayOfWeek.Tuesday, 7),
        "wem" => WeekEnding(day, DayOfWeek.Monday, 7),
        "wesu" => WeekEnding(day, DayOfWeek.Sunday, 7),
        "wesa" => WeekEnding(day, DayOfWeek.Saturday, 7),
        "bw" or "bwew" => WeekEnding(day, DayOfWeek.Wednesday, 14),
        "bwem" => WeekEnding(day, DayOfWeek.Monday, 14),
        _ => WeekEnding(day, DayOfWeek.Friday, 7),
    };

    private static DateOnly WeekEnding(DateOnly day, DayOfWeek last, int length)
    {
        // 0001-01-01 was a Monday, so this anchors weeks to the wanted last day.
        var anchor = ((int)last + 6) % 7;
        var past = ((day.DayNumber - anchor - 1) % length + length) % length;
        return day.AddDays(length - 1 - past);
    }
}
