using Mts.Core.Market;
using Mts.Core.Performance;

namespace Mts.Engine.Reports;

/// <param name="Year">Of the calendar, UTC.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="Return">A fraction.</param>
internal sealed record MonthlyReturn(int Year, int Month, double Return);

/// <summary>Returns by calendar month, UTC.</summary>
internal static class MonthlyReturns
{
    /// <returns>Oldest first; the first and the last month may be parts. A point at midnight belongs to the day that ended.</returns>
    public static IReadOnlyList<MonthlyReturn> Of(IReadOnlyList<EquityPoint> equity)
    {
        var result = new List<MonthlyReturn>();
        for (var (i, before) = (1, equity.Count > 0 ? equity[0].Value : 0); i < equity.Count; i++)
        {
            var (day, next) = (DayOf(equity[i]), i + 1 < equity.Count ? DayOf(equity[i + 1]) : default);
            if ((day.Year, day.Month) == (next.Year, next.Month)) continue;
            result.Add(new MonthlyReturn(day.Year, day.Month, (equity[i].Value / before) - 1));
            before = equity[i].Value;
        }

        return result;
    }

    private static DateOnly DayOf(EquityPoint point) => new Timestamp(point.Time.Micros - 1).Date;
}
