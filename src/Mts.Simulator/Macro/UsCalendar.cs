using Mts.Simulator.Model;

namespace Mts.Simulator.Macro;

/// <summary>American business days and Central time, by rule, so that no time zone data is needed.</summary>
internal static class UsCalendar
{
    public static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    /// <summary>A day on which banks and the bond market are closed.</summary>
    public static bool IsBankHoliday(DateOnly day) =>
        Observed(day, 1, 1, saturdayCounts: false) || Nth(day, 1, DayOfWeek.Monday, 3) || Nth(day, 2, DayOfWeek.Monday, 3) || LastMonday(day, 5)
        || (day.Year >= 2021 && Observed(day, 6, 19, saturdayCounts: false)) || Observed(day, 7, 4, saturdayCounts: false) || Nth(day, 9, DayOfWeek.Monday, 1)
        || Nth(day, 10, DayOfWeek.Monday, 2) || Observed(day, 11, 11, saturdayCounts: false) || Nth(day, 11, DayOfWeek.Thursday, 4) || Observed(day, 12, 25, saturdayCounts: false);

    /// <summary>A day on which the stock exchanges are closed.</summary>
    public static bool IsExchangeHoliday(DateOnly day) =>
        Observed(day, 1, 1, saturdayCounts: false) || (day.Year >= 1998 && Nth(day, 1, DayOfWeek.Monday, 3)) || Nth(day, 2, DayOfWeek.Monday, 3)
        || day == Easter(day.Year).AddDays(-2) || LastMonday(day, 5) || (day.Year >= 2022 && Observed(day, 6, 19, saturdayCounts: true))
        || Observed(day, 7, 4, saturdayCounts: true) || Nth(day, 9, DayOfWeek.Monday, 1) || Nth(day, 11, DayOfWeek.Thursday, 4) || Observed(day, 12, 25, saturdayCounts: true);

    public static bool IsBusinessDay(DateOnly day) => !IsWeekend(day) && !IsBankHoliday(day);

    public static DateOnly NextBusinessDay(DateOnly day)
    {
        do day = day.AddDays(1);
        while (!IsBusinessDay(day));
        return day;
    }

    /// <summary><paramref name="day"/> itself, or the first business day after it.</summary>
    public static DateOnly BusinessDayFrom(DateOnly day) => IsBusinessDay(day) ? day : NextBusinessDay(day);

    /// <summary>The moment at which a Central clock shows this day and minute.</summary>
    public static long CentralMs(DateOnly day, int hour, int minute)
    {
        var naive = (Clock.DayOf(day) * Clock.Day) + (hour * Clock.Hour) + (minute * Clock.Minute);
        return naive - (OffsetHours(day) * Clock.Hour);
    }

    /// <summary>The calendar day in Chicago.</summary>
    public static DateOnly CentralDate(long ms)
    {
        var day = Clock.DateOf(Clock.DayOf(ms - (6 * Clock.Hour)));
        return Clock.DateOf(Clock.DayOf(ms + (OffsetHours(day) * Clock.Hour)));
    }

    /// <summary>-5 in summer, -6 in winter; the hours around the change itself do not matter to daily data.</summary>
    public static int OffsetHours(DateOnly day)
    {
        var from = FirstSunday(day.Year, 3).AddDays(7);
        var to = FirstSunday(day.Year, 11);
        return day >= from && day < to ? -5 : -6;
    }

    private static DateOnly FirstSunday(int year, int month)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays((7 - (int)first.DayOfWeek) % 7);
    }

    private static bool Nth(DateOnly day, int month, DayOfWeek weekday, int nth) =>
        day.Month == month && day.DayOfWeek == weekday && (day.Day + 6) / 7 == nth;

    private static bool LastMonday(DateOnly day, int month) => day.Month == month && day.DayOfWeek == DayOfWeek.Monday && day.AddDays(7).Month != month;

    private static bool Observed(DateOnly day, int month, int date, bool saturdayCounts)
    {
        if (day.Month == month && day.Day == date) return true;
        var before = day.AddDays(-1);
        if (day.DayOfWeek == DayOfWeek.Monday && before.Month == month && before.Day == date) return true;
        var after = day.AddDays(1);
        return saturdayCounts && day.DayOfWeek == DayOfWeek.Friday && after.Month == month && after.Day == date;
    }

    /// <remarks>The anonymous Gregorian algorithm, Nature, 20 April 1876.</remarks>
    private static DateOnly Easter(int year)
    {
        var a = year % 19;
        var (b, c) = Math.DivRem(year, 100);
        var (d, e) = Math.DivRem(b, 4);
        var g = ((8 * b) + 13) / 25;
        var h = ((19 * a) + b - d - g + 15) % 30;
        var (i, k) = Math.DivRem(c, 4);
        var l = (32 + (2 * e) + (2 * i) - h - k) % 7;
        var m = (a + (11 * h) + (19 * l)) / 433;
        var month = (h + l - (7 * m) + 90) / 25;
        return new DateOnly(year, month, (h + l - (7 * m) + (33 * month) + 19) % 32);
    }
}
