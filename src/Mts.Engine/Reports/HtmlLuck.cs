using System.Globalization;
using System.Text;
using Mts.Core.Performance;
using Mts.Engine.Analytics;

namespace Mts.Engine.Reports;

/// <summary>What chance might have made of the run: a fan of histories, and the run at higher costs.</summary>
internal static class HtmlLuck
{
    public static void Write(StringBuilder page, ReportContent content)
    {
        if (content.Luck is not { } luck) return;
        page.Append($"<section class=\"card\"><header><h2>Monte Carlo</h2><small>{HtmlText.Count(luck.Paths)} histories of blocks of {HtmlText.Number(luck.BlockDays, "0.#")} days, seed {luck.Seed}</small></header><div class=\"split\"><div>");
        Fan(page, content, luck);
        page.Append("</div><div>");
        Figures(page, luck);
        page.Append("</div></div></section>\n");
    }

    private static void Fan(StringBuilder page, ReportContent content, MonteCarloResult luck)
    {
        var own = content.Analysis.Daily;
        var capital = own[0].Value;
        var highest = Math.Max(luck.Fan.Max(p => p.Values.P95), own.Max(p => p.Value) / capital);
        var lowest = Math.Max(highest / 1e4, Math.Min(luck.Fan.Min(p => p.Values.P5), own.Min(p => p.Value) / capital));
        var (low, high) = PlotFrame.Wide(lowest, highest);
        var plot = new Plot(PlotFrame.OverTime(own[0].Time, own[^1].Time, low, high, isLog: true, width: 560, height: 300), "Equity over the capital: quantiles of resampled histories over time, and the run itself");
        plot.Levels(Ticks.Log(low, high), v => v.ToString("0.##", CultureInfo.InvariantCulture) + "×").Dates();
        plot.Band(Curve(s => s.P5), Curve(s => s.P95), "band").Band(Curve(s => s.P25), Curve(s => s.P75), "band").Line(Curve(s => s.P50), "held")
            .Line([.. own.Select(p => p with { Value = p.Value / capital })], "own");
        page.Append(plot.End()).Append("<p class=\"soft\"><span class=\"key\">the run</span><span class=\"key held\">median</span>The bands hold half and nine tenths of the histories.</p>");

        IReadOnlyList<EquityPoint> Curve(Func<Spread, double> quantile) => [.. luck.Fan.Select(p => new EquityPoint(p.Time, quantile(p.Values)))];
    }

    private static void Figures(StringBuilder page, MonteCarloResult luck)
    {
        page.Append("<div class=\"scroll\"><table><thead><tr><th></th><th>5&#8239;%</th><th>median</th><th>95&#8239;%</th></tr></thead><tbody>");
        Quantiles("Total return", luck.TotalReturn, 1);
        Quantiles("Deepest drawdown", luck.MaxDrawdown, -1);
        if (luck.ShuffledDrawdown is { } shuffled) Quantiles("… the same trades shuffled", shuffled, -1);
        page.Append("</tbody></table></div><table><tbody>");
        Row("Chance of a loss", luck.LossProbability);
        Row("Chance of losing half the capital on the way", luck.RuinProbability);
        foreach (var depth in luck.Depths) Row($"Chance of a drawdown of {HtmlText.Percent(depth.Depth, "0.")}", depth.Probability);
        page.Append("</tbody></table>");
        if (luck.Stress.Count == 0) return;
        page.Append("<h3>At higher costs</h3><div class=\"scroll\"><table><thead><tr><th>costs</th><th>return</th><th>Sharpe</th><th>drawdown</th></tr></thead><tbody>");
        foreach (var s in luck.Stress)
            page.Append($"<tr><td title=\"fee {JsonFigures.Plain(s.FeeBps)} bps, slippage {JsonFigures.Plain(s.SlippageBps)} bps\">{HtmlText.Plain(s.Factor)} ×</td><td class=\"{HtmlText.Tone(s.TotalReturn)}\">{HtmlText.Percent(s.TotalReturn)}</td><td>{HtmlText.Number(s.Sharpe)}</td><td>{HtmlText.Percent(-s.MaxDrawdown)}</td></tr>");
        page.Append("</tbody></table></div>");

        void Row(string name, double value) => page.Append($"<tr><th>{name}</th><td>{HtmlText.Percent(value, "0.0")}</td></tr>");

        void Quantiles(string name, Spread s, int sign)
        {
            var (low, high) = sign > 0 ? (s.P5, s.P95) : (-s.P95, -s.P5);
            page.Append($"<tr><th>{name}</th><td>{HtmlText.Percent(low, "0.0")}</td><td>{HtmlText.Percent(sign * s.P50, "0.0")}</td><td>{HtmlText.Percent(high, "0.0")}</td></tr>");
        }
    }
}
