using System.Text;
using Mts.Core.Performance;
using Mts.Engine.Analytics;

namespace Mts.Engine.Reports;

/// <summary>Two results as one self-contained page.</summary>
public static class ComparisonPage
{
    private const int TradesShown = 200;

    public static string Write(RunComparison c)
    {
        var page = HtmlPage.Begin($"{c.First.Strategies} and {c.Second.Strategies}");
        var data = new ChartData();
        page.Append($"<h1>{HtmlText.Escape(c.First.Strategies)} and {HtmlText.Escape(c.Second.Strategies)}</h1><ul class=\"chips\"><li><span class=\"key\"></span>{HtmlText.Escape($"{c.First.Id} on {c.First.Markets}")}</li><li><span class=\"key held\"></span>{HtmlText.Escape($"{c.Second.Id} on {c.Second.Markets}")}</li></ul>\n");
        HtmlLists.Warnings(page, [.. c.First.Warnings.Select(w => $"{c.First.Id}: {w}"), .. c.Second.Warnings.Select(w => $"{c.Second.Id}: {w}")]);
        Verdict(page, c);
        Curves(page, data, c);
        Inputs(page, c);
        Metrics(page, c);
        Trades(page, c.First.Id, c.OnlyFirst);
        Trades(page, c.Second.Id, c.OnlySecond);
        return HtmlPage.End(page, data);
    }

    private static void Verdict(StringBuilder page, RunComparison c)
    {
        page.Append("<section class=\"card\"><header><h2>Does it make a difference?</h2></header>");
        if (c.Sharpe is { } s)
        {
            page.Append($"<p>The Sharpe ratio of the second lies {HtmlText.Number(Math.Abs(s.Value))} {(s.Value < 0 ? "below" : "above")} that of the first over {HtmlText.Count(c.CommonDays)} common days");
            page.Append(s.Interval is not { } i ? "; that is too short for an interval.</p>" : $"; 95&#8239;% interval of the difference {HtmlText.Number(i.Low)} to {HtmlText.Number(i.High)}. {(i.Low > 0 || i.High < 0 ? "Luck alone would hardly make it." : "That may be luck: the interval holds 0.")}</p>");
        }
        else
        {
            page.Append($"<p>The Sharpe ratios cannot be compared: {HtmlText.Count(c.CommonDays)} common days, or a curve that never moves.</p>");
        }

        page.Append($"<p class=\"soft\">{HtmlText.Count(c.TradesInBoth)} trades in both, {HtmlText.Count(c.OnlyFirst.Count)} only in the first, {HtmlText.Count(c.OnlySecond.Count)} only in the second.</p></section>\n");
    }

    private static void Curves(StringBuilder page, ChartData data, RunComparison c)
    {
        var (first, second) = (Growth(c.First.Equity), Growth(c.Second.Equity));
        if (first.Count < 2 || second.Count < 2) return;
        var (from, until) = (Math.Min(first[0].Time.Micros, second[0].Time.Micros), Math.Max(first[^1].Time.Micros, second[^1].Time.Micros));
        var (low, high) = PlotFrame.Reach(first, second);
        (low, high) = PlotFrame.Wide(low, high);
        var isLog = low > 0;
        var plot = new Plot(PlotFrame.OverTime(new(from), new(until), low, high, isLog, height: 320), "Growth of both runs over time", "equity");
        plot.Levels(isLog ? Ticks.Log(low, high) : Ticks.Linear(low, high, 5), v => HtmlText.Number(v, "0.##")).Dates().Line(second, "held").Line(first, "own");
        page.Append($"<section class=\"card\" id=\"equity\"><header><h2>Growth of one unit</h2><span><span class=\"key\">{HtmlText.Escape(c.First.Id)}</span><span class=\"key held\">{HtmlText.Escape(c.Second.Id)}</span></span></header><div class=\"plot\">{plot.End()}</div></section>\n");
        var times = first.Concat(second).Select(p => p.Time).Distinct().Order().ToList();
        var (mine, theirs) = (At(first, times), At(second, times));
        data.AddTimes("equity", mine, Thinning.Of(theirs, ChartData.Columns));
        data.Add("equity", "equity", 320, "number", (c.First.Id, "own", mine), (c.Second.Id, "held", theirs));
    }

    private static void Inputs(StringBuilder page, RunComparison c)
    {
        page.Append("<section class=\"card\"><header><h2>What differs in the inputs</h2></header>");
        if (c.Inputs.Count == 0) page.Append("<p>Nothing.</p>");
        else page.Append("<div class=\"scroll\"><table><thead><tr><th>input</th><th class=\"text\">first</th><th class=\"text\">second</th></tr></thead><tbody>");
        foreach (var d in c.Inputs) page.Append($"<tr><td>{HtmlText.Escape(d.Name)}</td><td class=\"text\">{HtmlText.Escape(d.First)}</td><td class=\"text\">{HtmlText.Escape(d.Second)}</td></tr>");
        page.Append(c.Inputs.Count == 0 ? "</section>\n" : "</tbody></table></div></section>\n");
    }

    private static void Metrics(StringBuilder page, RunComparison c)
    {
        page.Append("<section class=\"card\"><header><h2>Figures</h2><small>rates are fractions</small></header><div class=\"scroll\"><table><thead><tr><th></th><th>first</th><th>second</th><th>difference</th></tr></thead><tbody>");
        page.Append($"<tr><th>guards</th><td>{HtmlText.Escape(c.First.Verdicts.GuardsInWords)}</td><td>{HtmlText.Escape(c.Second.Verdicts.GuardsInWords)}</td><td></td></tr>")
            .Append($"<tr><th>data</th><td>{c.First.Verdicts.DataInWords}</td><td>{c.Second.Verdicts.DataInWords}</td><td></td></tr>");
        foreach (var m in c.Metrics) page.Append($"<tr><th>{HtmlText.Escape(m.Name.Replace('_', ' '))}</th><td>{Text(m.First)}</td><td>{Text(m.Second)}</td><td>{Text(m.Difference)}</td></tr>");
        page.Append("</tbody></table></div></section>\n");

        static string Text(double? value) => HtmlText.Number(value, Math.Abs(value ?? 0) >= 100 && value != Math.Round(value ?? 0) ? "0.00" : "0.####");
    }

    private static void Trades(StringBuilder page, string id, IReadOnlyList<StoredTrade> trades)
    {
        if (trades.Count == 0) return;
        page.Append($"<section class=\"card long\"><header><h2>Only in {HtmlText.Escape(id)}</h2><small>{HtmlText.Count(trades.Count)} trades{(trades.Count > TradesShown ? $", the first {TradesShown}" : "")}</small></header><div class=\"scroll tall\"><table><thead><tr><th>market</th><th class=\"text\">side</th><th class=\"text\">entry</th><th class=\"text\">exit</th><th>result</th><th class=\"text\">closed because</th></tr></thead><tbody>");
        foreach (var t in trades.Take(TradesShown))
            page.Append($"<tr><td>{HtmlText.Escape(t.Symbol)}</td><td class=\"text\">{HtmlText.Escape(t.Side)}</td><td class=\"text\">{HtmlText.Time(t.EntryTime)}</td><td class=\"text\">{HtmlText.Time(t.ExitTime)}</td><td class=\"{HtmlText.Tone(t.Pnl)}\">{HtmlText.Number(t.Pnl)}</td><td class=\"why\" title=\"{HtmlText.Escape(t.Reason)}\">{HtmlText.Escape(t.Reason)}</td></tr>");
        page.Append("</tbody></table></div></section>\n");
    }

    private static IReadOnlyList<EquityPoint> Growth(IReadOnlyList<EquityPoint> equity) =>
        equity.Count > 0 && equity[0].Value > 0 ? [.. equity.Select(p => p with { Value = p.Value / equity[0].Value })] : [];

    // A curve at other times: its last value before, NaN before it begins and after it ends.
    private static IReadOnlyList<EquityPoint> At(IReadOnlyList<EquityPoint> curve, List<Core.Market.Timestamp> times)
    {
        var (points, next) = (new EquityPoint[times.Count], 0);
        for (var i = 0; i < points.Length; i++)
        {
            while (next < curve.Count && curve[next].Time <= times[i]) next++;
            points[i] = new EquityPoint(times[i], next == 0 || times[i] > curve[^1].Time ? double.NaN : curve[next - 1].Value);
        }

        return points;
    }
}
