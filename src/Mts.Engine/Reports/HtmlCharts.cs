using System.Globalization;
using Mts.Core.Performance;

namespace Mts.Engine.Reports;

/// <summary>Equity against the benchmark, linear and logarithmic, and the drawdown below.</summary>
internal static class HtmlCharts
{
    public static string Equity(IReadOnlyList<EquityPoint> own, IReadOnlyList<EquityPoint> held, bool isLog)
    {
        var (low, high) = (own.Concat(held).Min(p => p.Value), own.Concat(held).Max(p => p.Value));
        if (isLog) low = Math.Max(low, high / 1e6);
        // A curve that never moves still needs a range to lie in.
        if (high - low <= Math.Abs(high) * 1e-9) (low, high) = (low - (Math.Abs(low) * 0.01), high + (Math.Abs(high) * 0.01));
        var plot = new Plot((own[0].Time, own[^1].Time), (low, high), isLog, 320, "Equity of the strategy and of the benchmark over time");
        plot.Grid(isLog ? Ticks.Log(low, high) : Ticks.Linear(low, high, 5), v => Short(v, high - low));
        if (!isLog) plot.Area(own, low, "area");
        return plot.Line(held, "held").Line(own, "own").End();
    }

    public static string Drawdown(IReadOnlyList<EquityPoint> equity)
    {
        var falls = new EquityPoint[equity.Count];
        var peak = 0.0;
        for (var i = 0; i < falls.Length; i++)
        {
            peak = Math.Max(peak, equity[i].Value);
            falls[i] = equity[i] with { Value = peak > 0 ? (equity[i].Value / peak) - 1 : 0 };
        }

        var low = Math.Min(falls.Min(f => f.Value), -0.001);
        return new Plot((equity[0].Time, equity[^1].Time), (low, 0), isLog: false, 150, "Drawdown over time")
            .Grid(Ticks.Linear(low, 0, 3), v => HtmlText.Percent(v, "0.##")).Area(falls, 0, "under").End();
    }

    private static string Short(double value, double span) => (Math.Abs(value), span) switch
    {
        ( >= 1e6, >= 1e5) => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + "M",
        ( >= 1e3, >= 1e2) => (value / 1e3).ToString("0.##", CultureInfo.InvariantCulture) + "k",
        _ => value.ToString("#,##0.##", CultureInfo.InvariantCulture),
    };
}
