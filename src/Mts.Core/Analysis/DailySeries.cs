using Mts.Core.Market;

namespace Mts.Core.Analysis;

/// <summary>One value a day, oldest first: what was known of a series at one moment.</summary>
/// <param name="Days">Strictly rising.</param>
/// <param name="Values">As many.</param>
public sealed record DailySeries(IReadOnlyList<DateOnly> Days, IReadOnlyList<double> Values)
{
    public static DailySeries Empty { get; } = new([], []);

    public int Length => Days.Count;

    /// <summary>The newest vintage of each day that was public by then; filled and interpolated values are left out, for nobody observed them.</summary>
    public static DailySeries Known(IEnumerable<MacroObservation> observations, Timestamp asOf)
    {
        var newest = new SortedDictionary<DateOnly, MacroObservation>();
        foreach (var o in observations.Where(o => o.KnownTime <= asOf && !o.IsForwardFilled && !o.IsInterpolated))
        {
            if (!newest.TryGetValue(o.Day, out var other) || other.KnownTime <= o.KnownTime) newest[o.Day] = o;
        }

        var there = newest.Values.Where(o => o.Value is not null).ToList();
        return new DailySeries([.. there.Select(o => o.Day)], [.. there.Select(o => o.Value!.Value)]);
    }

    /// <summary>The closes of daily bars that have ended by then.</summary>
    public static DailySeries Closes(BarSeries bars, Timestamp asOf)
    {
        if (bars.Key.Interval != Interval.Day) throw new ArgumentException($"Daily bars are needed, these are {bars.Key}.", nameof(bars));
        var count = bars.LowerBound(new Timestamp(asOf.Micros - Timestamp.MicrosPerDay + 1));
        var days = new DateOnly[count];
        for (var i = 0; i < count; i++) days[i] = new Timestamp(bars.OpenTimes[i]).Date;
        return new DailySeries(days, bars.Closes[..count].ToArray());
    }

    /// <summary>The last value of each week (from Monday) or month that has one, under its first day.</summary>
    public DailySeries LastOf(Period period)
    {
        if (period == Period.Day) return this;
        var (days, values) = (new List<DateOnly>(), new List<double>());
        for (var i = 0; i < Length; i++)
        {
            var start = StartOf(Days[i], period);
            if (i + 1 < Length && StartOf(Days[i + 1], period) == start) continue;
            days.Add(start);
            values.Add(Values[i]);
        }

        return new DailySeries(days, values);
    }

    /// <summary>Index of the newest value on that day or before it; −1 where there is none.</summary>
    public int At(DateOnly day)
    {
        var (low, high) = (0, Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Days[middle] <= day) low = middle + 1;
            else high = middle;
        }

        return low - 1;
    }

    private static DateOnly StartOf(DateOnly day, Period period) =>
        period == Period.Week ? day.AddDays(-(((int)day.DayOfWeek + 6) % 7)) : new DateOnly(day.Year, day.Month, 1);
}
