namespace Mts.Core.Market;

/// <summary>Days on which US federal offices publish statistics: Monday to Friday without the federal holidays of 5 U.S.C. 6103.</summary>
public static class UsBusinessCalendar
{
    public static bool IsBusinessDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !IsHoliday(day);

    /// <returns>The first business day after <paramref name="day"/>.</returns>
    public static DateOnly Next(DateOnly day)
    {
        do day = day.AddDays(1);
        while (!IsBusinessDay(day));
        return day;
    }

    private static bool IsHoliday(DateOnly day)
    {
        var (month, monday) = (day.Month, day.DayOfWeek == DayOfWeek.Monday);
        var nth = ((day.Day - 1) / 7) + 1;
        return (month, nth) switch
        {
            (1, 3) when monday && day.Year >= 1986 => true,                        // Martin Luther King Jr.
            (2, 3) when monday => true,                                            // Washington's birthday
            (5, _) when monday && day.AddDays(7).Month == 6 => true,               // Memorial Day
            (9, 1) when monday => true,                                            // Labor Day
            (10, 2) when monday => true,                                           // Columbus Day
            (11, 4) when day.DayOfWeek == DayOfWeek.Thursday => true,              // Thanksgiving
            _ => IsObserved(day, 1, 1) || (day.Year >= 2021 && IsObserved(day, 6, 19)) || IsObserved(day, 7, 4)
                || IsObserved(day, 11, 11) || IsObserved(day, 12, 25),
        };
    }

    // A fixed holiday on a Saturday is kept the Friday before, one on a Sunday the Monday after.
    private static bool IsObserved(DateOnly day, int month, int dayOfMonth)
    {
        return day.DayOfWeek switch
        {
            DayOfWeek.Friday => Falls(day) || Falls(day.AddDays(1)),
            DayOfWeek.Monday => Falls(day) || Falls(day.AddDays(-1)),
            _ => Falls(day),
        };

        bool Falls(DateOnly d) => d.Month == month && d.Day == dayOfMonth;
    }
}
