namespace Mts.Core.Market;

/// <summary>When the values of a macro series become public, where no vintage tells it.</summary>
public enum ReleaseRule
{
    /// <summary>The next US business day at 14:00 UTC.</summary>
    NextBusinessDay,

    /// <summary>The following Monday at 21:15 UTC, or the business day after a Monday that is a holiday (Federal Reserve H.10).</summary>
    FollowingMonday,

    /// <summary>A stated number of days after the period's first day, at 14:00 UTC.</summary>
    FixedLag,
}

/// <summary>A macroeconomic series and how its values become known.</summary>
/// <param name="Id">The FRED id, <c>VIXCLS</c>.</param>
/// <param name="Aliases">Names that commands accept for it, <c>VIX</c>.</param>
/// <param name="Title">For people; a proxy says what it is a proxy of.</param>
/// <param name="Units">Of the value.</param>
/// <param name="Rule">How the values become public.</param>
/// <param name="LagDays">Days from the period's first day, for <see cref="ReleaseRule.FixedLag"/>.</param>
public sealed record MacroSeries(string Id, IReadOnlyList<string> Aliases, string Title, string Units, ReleaseRule Rule, int LagDays = 0)
{
    /// <summary>The first moment at which the value that describes <paramref name="day"/> may be used.</summary>
    public Timestamp KnownTime(DateOnly day) => Rule switch
    {
        ReleaseRule.FollowingMonday => At(MondayAfter(day), new TimeSpan(21, 15, 0)),
        ReleaseRule.FixedLag => At(UsBusinessCalendar.Next(day.AddDays(LagDays - 1)), TimeSpan.FromHours(14)),
        _ => At(UsBusinessCalendar.Next(day), TimeSpan.FromHours(14)),
    };

    private static Timestamp At(DateOnly day, TimeSpan time) => Timestamp.FromDate(day) + time;

    private static DateOnly MondayAfter(DateOnly day)
    {
        do day = day.AddDays(1);
        while (day.DayOfWeek != DayOfWeek.Monday);
        return UsBusinessCalendar.IsBusinessDay(day) ? day : UsBusinessCalendar.Next(day);
    }
}
