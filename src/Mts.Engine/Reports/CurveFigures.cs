using Mts.Core.Market;
using Mts.Core.Performance;

namespace Mts.Engine.Reports;

/// <summary>What an equity curve alone tells; for the benchmark, which has no trades.</summary>
internal sealed record CurveFigures(
    double Final, double? Cagr, double? Volatility, double? Sharpe, double? Sortino, double? Calmar, double MaxDrawdown, double LongestDays, double? BestMonth, double? WorstMonth)
{
    private const double DaysPerYear = 365;

    /// <returns>Null for a curve without a second point.</returns>
    public static CurveFigures? Of(IReadOnlyList<EquityPoint> curve)
    {
        if (curve.Count < 2 || !(curve[0].Value > 0)) return null;
        var returns = Returns.Of(Daily(curve));
        var drawdown = new MaxDrawdown(curve[0].Time.Micros, curve[0].Value);
        for (var i = 1; i < curve.Count; i++) drawdown.Add(curve[i].Time.Micros, curve[i].Value);
        var total = (curve[^1].Value / curve[0].Value) - 1;
        var cagr = Core.Performance.Cagr.Of(total, (curve[^1].Time - curve[0].Time).TotalDays);
        var months = MonthlyReturns.Of(curve);
        return new CurveFigures(
            curve[^1].Value, cagr, Core.Performance.Volatility.Of(returns, DaysPerYear), SharpeRatio.Of(returns, DaysPerYear), SortinoRatio.Of(returns, DaysPerYear),
            drawdown.Depth > 0 ? cagr / drawdown.Depth : null, drawdown.Depth, drawdown.LongestDays(curve[^1].Time.Micros),
            months.Count == 0 ? null : months.Max(m => m.Return), months.Count == 0 ? null : months.Min(m => m.Return));
    }

    // A point at midnight belongs to the day that ended.
    private static double[] Daily(IReadOnlyList<EquityPoint> curve)
    {
        var days = new List<double> { curve[0].Value };
        for (var i = 1; i < curve.Count; i++)
        {
            if (i + 1 < curve.Count && Day(curve[i]) == Day(curve[i + 1])) continue;
            days.Add(curve[i].Value);
        }

        return [.. days];

        static DateOnly Day(EquityPoint point) => new Timestamp(point.Time.Micros - 1).Date;
    }
}
