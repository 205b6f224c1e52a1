using System.Globalization;
using Mts.Core.Market;
using Mts.Core.Performance;

namespace Mts.Engine.Analytics;

/// <summary>How a run came through a time in which the crypto markets broke.</summary>
/// <param name="Name">What it is remembered as.</param>
/// <param name="Start">First instant that counts: the window's, or the run's where that is later.</param>
/// <param name="End">Last instant that counts.</param>
/// <param name="Return">Of the strategy in it.</param>
/// <param name="Benchmark">Of buy and hold; null where there is none.</param>
/// <param name="MaxDrawdown">Deepest fall of the strategy in it, from day to day.</param>
public sealed record CrisisWindow(string Name, Timestamp Start, Timestamp End, double Return, double? Benchmark, double MaxDrawdown)
{
    private static readonly (string Name, string From, string Until)[] Known =
    [
        ("March 2020, COVID crash", "2020-03-07", "2020-03-20"),
        ("May 2021, China ban and leverage flush", "2021-05-10", "2021-05-25"),
        ("June 2022, Luna and Three Arrows", "2022-05-05", "2022-06-20"),
        ("November 2022, FTX", "2022-11-05", "2022-11-22"),
        ("August 2024, yen carry unwind", "2024-07-31", "2024-08-09"),
        ("October 2025, tariff liquidations", "2025-10-09", "2025-10-19"),
    ];

    /// <param name="daily">One point a day.</param>
    /// <param name="benchmark">At the same times, or empty.</param>
    /// <returns>The windows of which the run saw at least two days.</returns>
    internal static IReadOnlyList<CrisisWindow> Of(IReadOnlyList<EquityPoint> daily, IReadOnlyList<EquityPoint> benchmark)
    {
        var seen = new List<CrisisWindow>();
        foreach (var (name, from, until) in Known)
        {
            var (first, last) = (Index(daily, from), Index(daily, until));
            while (last >= daily.Count || (last >= 0 && daily[last].Time > At(until))) last--;
            if (last - first < 2 || !(daily[first].Value > 0)) continue;
            var values = DailyCurve.Values(daily).AsSpan(first, last - first + 1);
            double? held = benchmark.Count == daily.Count && benchmark[first].Value > 0 ? (benchmark[last].Value / benchmark[first].Value) - 1 : null;
            seen.Add(new CrisisWindow(name, daily[first].Time, daily[last].Time, (values[^1] / values[0]) - 1, held, Core.Performance.MaxDrawdown.Of(values)));
        }

        return seen;
    }

    // The first point at or after the day.
    private static int Index(IReadOnlyList<EquityPoint> daily, string day)
    {
        var (low, high, time) = (0, daily.Count, At(day));
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (daily[middle].Time < time) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static Timestamp At(string day) => Timestamp.FromDate(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture));
}
