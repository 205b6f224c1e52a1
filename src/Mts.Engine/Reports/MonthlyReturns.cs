using Mts.Core.Performance;

namespace Mts.Engine.Reports;

/// <summary>Returns by calendar month, UTC.</summary>
internal static class MonthlyReturns
{
    /// <returns>Oldest first; the first and the last month may be parts. A point at midnight belongs to the day that ended.</returns>
    public static IReadOnlyList<(int Year, int Month, double Return)> Of(IReadOnlyList<EquityPoint> equity)
    {
        var result = new List<(int, int, double)>();
        if (equity.Count < 2) return result;
        var before = equity[0].Value;
        foreach (var month in equity.Skip(1).GroupBy(p => DayOf(p) is var day ? (day.Year, day.Month) : default))
        {
            var end = month.Last().Value;
            result.Add((month.Key.Year, month.Key.Month, (end / before) - 1));
            before = end;
        }

        return result;
    }

    private static DateOnly DayOf(EquityPoint point) => new Core.Market.Timestamp(point.Time.Micros - 1).Date;
}
