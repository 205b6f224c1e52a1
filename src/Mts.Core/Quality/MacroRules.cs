using Mts.Core.Market;

namespace Mts.Core.Quality;

/// <summary>The rules that a macro observation must keep to be stored.</summary>
public static class MacroRules
{
    // Markets that are closed on Saturday and Sunday; DFF and RRPONTSYD have values every day, BAMLH0A0HYM2 at the end of a month.
    private static readonly string[] WeekdaysOnly =
        ["VIXCLS", "DTWEXBGS", "DGS1", "DGS2", "DGS5", "DGS10", "DGS20", "DGS30", "DEXUSEU", "DEXCHUS", "SOFR", "T10Y2Y", "T10Y3M", "DX-Y.NYB"];

    /// <returns>Null for a good observation, else the broken rule's name: <c>not_finite</c>, <c>weekend_value</c>, <c>future</c>.</returns>
    public static string? Broken(string seriesId, in MacroObservation observation, DateOnly today)
    {
        if (observation.Day > today) return "future";
        if (observation.Value is not { } value) return null;
        if (!double.IsFinite(value)) return "not_finite";
        var isWeekend = observation.Day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        return isWeekend && !observation.IsForwardFilled && !observation.IsInterpolated && WeekdaysOnly.Contains(seriesId) ? "weekend_value" : null;
    }
}
