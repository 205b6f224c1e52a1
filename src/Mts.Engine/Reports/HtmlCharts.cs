using System.Globalization;
using System.Text;
using Mts.Core.Performance;

namespace Mts.Engine.Reports;

/// <summary>Equity against the benchmark, linear and logarithmic, and the drawdown below.</summary>
internal static class HtmlCharts
{
    public static void Write(StringBuilder page, ReportContent content)
    {
        var (own, held) = (content.Result.Equity, content.Result.Benchmark);
        // Two radio buttons and a style sheet switch the scale, so that it needs no script.
        page.Append("<input class=\"scale\" type=\"radio\" name=\"scale\" id=\"log\" checked aria-label=\"logarithmic scale\"><input class=\"scale\" type=\"radio\" name=\"scale\" id=\"linear\" aria-label=\"linear scale\">")
            .Append("<section class=\"card\" id=\"equity\"><header><h2>Equity</h2><span><span class=\"key\">strategy</span>")
            .Append(held.Count == 0 ? "" : "<span class=\"key held\">buy and hold</span>")
            .Append("</span><span><label class=\"switch first log-on\" for=\"log\">log</label><label class=\"switch last linear-on\" for=\"linear\">linear</label></span></header>")
            .Append($"<div class=\"log plot\">{Equity(own, held, isLog: true)}</div><div class=\"linear plot\">{Equity(own, held, isLog: false)}</div>")
            .Append("<h2 class=\"sub\">Drawdown <small>distance from the highest equity so far</small></h2>")
            .Append($"<div class=\"plot\">{Drawdown(own)}</div>")
            .Append(own.Count > 2 * ChartData.Columns ? $"<p class=\"soft\">{HtmlText.Count(own.Count)} points: of each of {HtmlText.Count(ChartData.Columns)} stretches the lowest and the highest are drawn.</p>" : "")
            .Append("</section>\n");
        content.Data.AddTimes("equity", own, Thinning.Of(own, ChartData.Columns));
        content.Data.Add("equity", "equity", 300, "money", ("strategy", "own", own), ("buy and hold", "held", held));
        content.Data.Add("drawdown", "equity", 150, "percent", ("drawdown", "under", Falls(own)), ("buy and hold", "held", held.Count == 0 ? held : Falls(held)));
    }

    internal static string Equity(IReadOnlyList<EquityPoint> own, IReadOnlyList<EquityPoint> held, bool isLog)
    {
        var (low, high) = PlotFrame.Reach(own, held);
        if (isLog) low = Math.Max(low, high / 1e6);
        (low, high) = PlotFrame.Wide(low, high);
        var plot = new Plot(PlotFrame.OverTime(own[0].Time, own[^1].Time, low, high, isLog, height: 320), "Equity of the strategy and of buy and hold over time", "equity");
        plot.Levels(isLog ? Ticks.Log(low, high) : Ticks.Linear(low, high, 5), v => Short(v, high - low)).Dates();
        if (!isLog) plot.Area(own, low, "area");
        return plot.Line(held, "held").Line(own, "own").End();
    }

    private static string Drawdown(IReadOnlyList<EquityPoint> equity)
    {
        var falls = Falls(equity);
        var low = Math.Min(falls.Min(f => f.Value), -0.001);
        return new Plot(PlotFrame.OverTime(equity[0].Time, equity[^1].Time, low, 0, height: 150), "Drawdown over time", "drawdown")
            .Levels(Ticks.Linear(low, 0, 3), v => HtmlText.Percent(v, "0.##")).Dates().Area(falls, 0, "under").End();
    }

    private static EquityPoint[] Falls(IReadOnlyList<EquityPoint> equity)
    {
        var falls = new EquityPoint[equity.Count];
        var peak = 0.0;
        for (var i = 0; i < falls.Length; i++)
        {
            peak = Math.Max(peak, equity[i].Value);
            falls[i] = equity[i] with { Value = peak > 0 ? (equity[i].Value / peak) - 1 : 0 };
        }

        return falls;
    }

    /// <summary>A sum of money in few letters; the span tells how many digits differ.</summary>
    public static string Short(double value, double span) => (Math.Abs(value), span) switch
    {
        ( >= 1e9, >= 1e8) => (value / 1e9).ToString("0.##", CultureInfo.InvariantCulture) + "G",
        ( >= 1e6, >= 1e5) => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + "M",
        ( >= 1e3, >= 1e2) => (value / 1e3).ToString("0.##", CultureInfo.InvariantCulture) + "k",
        _ => value.ToString("#,##0.####", CultureInfo.InvariantCulture),
    };
}
