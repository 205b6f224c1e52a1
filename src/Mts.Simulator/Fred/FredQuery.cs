using System.Globalization;
using Mts.Simulator.Http;
using Mts.Simulator.Macro;

namespace Mts.Simulator.Fred;

/// <summary>FRED's reading of parameters.</summary>
internal sealed class FredQuery(SimRequest request, MacroArchive archive)
{
    public static readonly DateOnly Forever = new(9999, 12, 31);
    private static readonly DateOnly earliest = new(1776, 7, 4);

    public DateOnly Today { get; } = UsCalendar.CentralDate(request.NowMs);

    public MacroSeries Series()
    {
        var id = request.Parameters["series_id"] ?? throw FredRefusal.Bad("Variable series_id is not set.");
        return archive.Find(id) ?? throw FredRefusal.Bad("The series does not exist.");
    }

    /// <summary>The period during which values must have been current: today, or as asked.</summary>
    public (DateOnly Start, DateOnly End) RealTime()
    {
        var start = Date("realtime_start") ?? Today;
        var end = Date("realtime_end") ?? (request.Parameters["realtime_start"] is null ? Today : Later(start, Today));
        foreach (var (name, date) in (ReadOnlySpan<(string, DateOnly)>)[("realtime_start", start), ("realtime_end", end)])
        {
            if (date < earliest || (date > Today && date != Forever))
            {
                throw FredRefusal.Bad($"The value for variable {name} is not a date between 1776-07-04 and today's date, {Iso(Today)}, or 9999-12-31.");
            }
        }

        if (end < start) throw FredRefusal.Bad($"The value for variable realtime_end, {Iso(end)}, is before realtime_start, {Iso(start)}.");
        return (start, end);
    }

    public IReadOnlyList<DateOnly>? VintageDates() =>
        request.Parameters["vintage_dates"] is { } list ? [.. list.Split(',').Select(text => ParseDate("vintage_dates", text)).Distinct().Order()] : null;

    public DateOnly? Date(string name) => request.Parameters[name] is { } text ? ParseDate(name, text) : null;

    public int Number(string name, int usual, int least, int most)
    {
        if (request.Parameters[name] is not { } text) return usual;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw FredRefusal.Bad($"The value for variable {name} is not {(most == int.MaxValue ? $"{least} or greater" : $"between {least} and {most}")}.");
    }

    public string OneOf(string name, string usual, params ReadOnlySpan<string> allowed)
    {
        var value = request.Parameters[name] ?? usual;
        return allowed.Contains(value) ? value : throw FredRefusal.Bad($"The value for variable {name} is not one of: {string.Join(", ", allowed.ToArray().Select(a => $"'{a}'"))}.");
    }

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static DateOnly ParseDate(string name, string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw FredRefusal.Bad($"The value for variable {name} is not a date in YYYY-MM-DD format.");
}
