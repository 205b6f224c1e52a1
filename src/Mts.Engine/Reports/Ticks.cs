using System.Globalization;
using Mts.Core.Market;

namespace Mts.Engine.Reports;

/// <summary>A line of a grid of time, and how it is written.</summary>
internal sealed record DateTick(Timestamp Time, string Label);

/// <summary>Round values for the lines of a grid.</summary>
internal static class Ticks
{
    private static readonly double[] Steps = [1, 2, 2.5, 5, 10];

    /// <returns>Multiples of a round step inside the range, about as many as asked for.</returns>
    public static IReadOnlyList<double> Linear(double low, double high, int about)
    {
        var rough = (high - low) / about;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = Steps.First(s => s * power >= rough * 0.999) * power;
        var ticks = new List<double>();
        for (var i = (long)Math.Ceiling(low / step); i * step <= high; i++) ticks.Add(i * step);
        return ticks;
    }

    /// <returns>1, 2 and 5 times the powers of ten inside the range; round steps where these are fewer than three.</returns>
    public static IReadOnlyList<double> Log(double low, double high)
    {
        if (!(low > 0)) return Linear(low, high, 4);
        var ticks = new List<double>();
        for (var power = Math.Pow(10, Math.Floor(Math.Log10(low))); power <= high; power *= 10)
            ticks.AddRange(new[] { power, power * 2, power * 5 }.Where(v => v >= low && v <= high));
        if (ticks.Count > 8) ticks.RemoveAll(v => Math.Abs(Math.Log10(v) - Math.Round(Math.Log10(v))) > 1e-9);
        return ticks.Count >= 3 ? ticks : Linear(low, high, 4);
    }

    public static string Month(int month) => CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(month);

    /// <returns>Starts of years, months or days, at most eight, and how they are written.</returns>
    public static IReadOnlyList<DateTick> Dates(Timestamp start, Timestamp end)
    {
        var days = (end - start).TotalDays;
        var (months, format) = days switch { > 12 * 365 => (24, "yyyy"), > 3 * 365 => (12, "yyyy"), > 365 => (6, "MMM yyyy"), > 200 => (2, "MMM yyyy"), > 45 => (1, "MMM yyyy"), _ => (0, "d MMM") };
        var ticks = new List<DateTick>();
        if (months > 0)
        {
            for (var day = new DateOnly(start.Date.Year, 1, 1); Timestamp.FromDate(day) <= end; day = day.AddMonths(months)) Add(Timestamp.FromDate(day));
        }
        else
        {
            var step = Math.Max(1, (int)Math.Ceiling(days / 8));
            for (var day = start.Date; Timestamp.FromDate(day) <= end; day = day.AddDays(step)) Add(Timestamp.FromDate(day));
        }

        return ticks;

        void Add(Timestamp time)
        {
            if (time >= start) ticks.Add(new DateTick(time, time.ToDateTimeOffset().ToString(format, CultureInfo.InvariantCulture)));
        }
    }
}
