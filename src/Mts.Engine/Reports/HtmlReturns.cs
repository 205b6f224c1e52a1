using System.Text;
using Mts.Core.Performance;
using Mts.Engine.Analytics;

namespace Mts.Engine.Reports;

/// <summary>How the daily returns are spread, and how the figures moved over time.</summary>
internal static class HtmlReturns
{
    private const int Bins = 31;

    public static void Write(StringBuilder page, ReportContent content)
    {
        var returns = content.Analysis.Returns;
        if (returns.Length < 60) return;
        var windows = returns.Length >= 180 ? new[] { 30, 90 } : [30];
        var rolling = windows.Select(w => RollingFigures.Of(content.Analysis, w, windows[0])).ToArray();
        content.Data.AddTimes("rolling", rolling[0].Sharpe, [.. Enumerable.Range(0, rolling[0].Sharpe.Count)]);
        page.Append("<section class=\"card\"><header><h2>Rolling figures</h2><span>");
        for (var i = 0; i < windows.Length; i++) page.Append($"<span class=\"key {(i == 0 ? "held" : "own")}\">{windows[i]} days</span>");
        page.Append("</span></header>");
        Chart("rolling-sharpe", "Sharpe ratio", "number", r => r.Sharpe);
        Chart("rolling-volatility", "Volatility per year", "percent", r => r.Volatility);
        if (content.Analysis.BenchmarkReturns.Length == returns.Length) Chart("rolling-beta", "Beta to buy and hold", "number", r => r.Beta);
        page.Append("</section>\n");

        void Chart(string id, string title, string format, Func<RollingFigures, IReadOnlyList<EquityPoint>> of)
        {
            var curves = rolling.Select(r => (IReadOnlyList<EquityPoint>)[.. of(r).Where(p => double.IsFinite(p.Value))]).ToList();
            if (curves.TrueForAll(c => c.Count == 0)) return;
            var (low, high) = PlotFrame.Reach([.. curves]);
            (low, high) = PlotFrame.Wide(low, high);
            var plot = new Plot(PlotFrame.OverTime(rolling[0].Sharpe[0].Time, rolling[0].Sharpe[^1].Time, low, high, height: 130), $"{title} of the days before, over time", id);
            plot.Levels(Ticks.Linear(low, high, 3), v => format == "percent" ? HtmlText.Percent(v, "0.") : HtmlText.Number(v, "0.##")).Dates();
            for (var i = 0; i < curves.Count; i++) plot.Line(curves[i], i == 0 ? "held" : "own");
            page.Append($"<h3>{title}</h3><div class=\"plot\">{plot.End()}</div>");
            content.Data.Add(id, "rolling", 130, format, [.. windows.Select((w, i) => ($"{w} days", i == 0 ? "held" : "own", of(rolling[i])))]);
        }
    }

    /// <summary>How often daily returns of which size came; nothing where hardly a day moved.</summary>
    public static void Distribution(StringBuilder page, ReportContent content)
    {
        // Days out of the market are many and say nothing of how returns are spread.
        var returns = Array.FindAll(content.Analysis.Returns, r => r != 0);
        if (returns.Length < ReturnIntervals.LeastReturns) return;
        double[] sorted = [.. returns];
        Array.Sort(sorted);
        // What lies farther out than all but one in two hundred stands in the outermost bars.
        var reach = Math.Max(1e-6, Math.Max(Math.Abs(Quantile.Of(sorted, 0.005)), Math.Abs(Quantile.Of(sorted, 0.995))));
        var counts = new int[Bins];
        foreach (var r in returns) counts[Math.Clamp((int)((r + reach) / (2 * reach) * Bins), 0, Bins - 1)]++;
        var top = Math.Max(1, counts.Max());
        var plot = new Plot(new PlotFrame(-reach, reach, 0, top, false, 500, 220), "How often daily returns of which size came");
        plot.Levels(Ticks.Linear(0, top, 4).Where(v => v == Math.Floor(v)), v => HtmlText.Count((long)v));
        for (var i = 0; i < Bins; i++)
        {
            var (from, until) = (-reach + (2 * reach * i / Bins), -reach + (2 * reach * (i + 1) / Bins));
            if (counts[i] > 0) plot.Bar(from, until, 0, counts[i], (from + until) / 2 < 0 ? "lost" : "won", $"{HtmlText.Percent(from, "0.0#")} to {HtmlText.Percent(until, "0.0#")}: {HtmlText.Count(counts[i])} days");
        }

        foreach (var tick in Ticks.Linear(-reach, reach, 6)) plot.Below(tick, HtmlText.Percent(tick, "0.##"));
        if (content.Analysis.Curve.ValueAtRisk is { } risk && risk < reach) plot.Upright(-risk, "risk");
        page.Append($"<section class=\"card\"><header><h2>Daily returns</h2></header>{plot.End()}<p class=\"soft\">{HtmlText.Count(returns.Length)} of {HtmlText.Count(content.Analysis.Returns.Length)} days, those that moved. The line is the value at risk; the outermost bars hold all beyond.</p></section>\n");
    }
}
