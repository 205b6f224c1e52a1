using Mts.Core.Market;
using Mts.Core.Performance;
using Mts.Engine.Execution;

namespace Mts.Engine.Analytics;

/// <summary>A curve with one point per UTC day, at the last value up to 24:00.</summary>
internal static class DailyCurve
{
    /// <param name="curve">A point a bar, or a point a day already; then nothing changes.</param>
    /// <returns>The start, each 24:00, and the end where it lies inside a day; a day without a value has the last one before it.</returns>
    public static IReadOnlyList<EquityPoint> Of(IReadOnlyList<EquityPoint> curve)
    {
        if (curve.Count == 0) return [];
        var days = new List<EquityPoint>(curve.Count) { curve[0] };
        var (last, end) = (curve[0], EquityCurve.DayEnd(curve[0].Time.Micros));
        for (var i = 1; i < curve.Count; i++)
        {
            for (; curve[i].Time.Micros > end; end += Timestamp.MicrosPerDay) days.Add(last with { Time = new Timestamp(end) });
            last = curve[i];
        }

        if (last.Time > days[^1].Time) days.Add(last);
        return days;
    }

    /// <summary>Returns from day to day.</summary>
    public static double[] Returns(IReadOnlyList<EquityPoint> daily) => Core.Performance.Returns.Of(Values(daily));

    public static double[] Values(IReadOnlyList<EquityPoint> curve)
    {
        var values = new double[curve.Count];
        for (var i = 0; i < values.Length; i++) values[i] = curve[i].Value;
        return values;
    }
}
