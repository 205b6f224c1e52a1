using Mts.Core.Market;

namespace Mts.Engine.Charges;

/// <summary>Where the settled rates of a perpetual have holes. The interval is what the data shows: venues change it from 8 hours to 4 to 1 and back.</summary>
internal static class FundingStretches
{
    // No venue settles more seldom; settlements are stamped some milliseconds late.
    private static readonly long Longest = TimeSpan.FromHours(8).Ticks / 10;
    private static readonly long Late = TimeSpan.FromMinutes(1).Ticks / 10;

    private static readonly long[] Intervals = [.. new[] { 1, 2, 4, 8 }.Select(h => TimeSpan.FromHours(h).Ticks / 10)];

    /// <param name="rates">In order of time.</param>
    /// <param name="start">Of the range.</param>
    /// <param name="end">Of the range.</param>
    /// <returns>The stretches of the range in which a settlement must have been and none is known.</returns>
    public static IEnumerable<(Timestamp From, Timestamp Until)> Missing(IReadOnlyList<FundingRate> rates, Timestamp start, Timestamp end)
    {
        if (end <= start) yield break;
        var times = rates.Select(FundingPayments.DueOf).Order().ToArray();
        if (times.Length == 0)
        {
            yield return (start, end);
            yield break;
        }

        if (times[0] - start.Micros > Longest + Late) yield return (start, new Timestamp(Math.Min(times[0], end.Micros)));
        for (var i = 1; i < times.Length; i++)
        {
            var gap = times[i] - times[i - 1];
            // Longer than both of its neighbours: a change of the interval is as long as one of them. At an end, where there is one neighbour, it may be any interval that venues have.
            var before = i > 1 ? times[i - 1] - times[i - 2] : (long?)null;
            var after = i + 1 < times.Length ? times[i + 1] - times[i] : (long?)null;
            var usual = before is { } b && after is { } a ? Math.Max(b, a) : IsInterval(gap) ? Longest : before ?? after ?? Longest;
            if (gap <= Math.Min(Longest, usual * 3 / 2) + Late) continue;
            var (from, until) = (Math.Max(times[i - 1], start.Micros), Math.Min(times[i], end.Micros));
            if (from < until) yield return (new Timestamp(from), new Timestamp(until));
        }

        if (end.Micros - times[^1] > Longest + Late) yield return (new Timestamp(Math.Max(times[^1], start.Micros)), end);
    }

    private static bool IsInterval(long gap) => Array.Exists(Intervals, i => Math.Abs(gap - i) <= Late);
}
