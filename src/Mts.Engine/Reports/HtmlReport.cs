using System.Text;

namespace Mts.Engine.Reports;

/// <summary>A result as one self-contained page: no script, no other file, for screen, phone and paper; equal from run to run.</summary>
public static class HtmlReport
{
    public static string Write(BacktestResult result)
    {
        var name = string.Join(" + ", result.Run.Strategies.Select(s => s.Name));
        var markets = string.Join(", ", result.Run.Series.Select(s => s.Key.Symbol.ToString()));
        var unit = Unit(result.Run);
        var (own, held) = (CurveFigures.Of(result.Equity), CurveFigures.Of(result.Benchmark));
        var page = HtmlPage.Begin($"{name} on {markets}");
        Head(page, result, name, unit);
        HtmlFigures.Tiles(page, result, held);
        HtmlLists.Warnings(page, result.Warnings);
        Charts(page, result);
        page.Append("<div class=\"pair\">");
        HtmlFigures.Table(page, result, own, held, unit);
        HtmlFigures.TradesAndCosts(page, result, unit);
        page.Append("</div>\n");
        HtmlFigures.Months(page, result);
        HtmlLists.Open(page, result.OpenPositions, unit);
        HtmlLists.Trades(page, result.Trades, unit);
        HtmlLists.Refusals(page, result);
        HtmlRunCard.Assumptions(page, result.Run);
        HtmlRunCard.Run(page, result.Run);
        return HtmlPage.End(page);
    }

    private static void Head(StringBuilder page, BacktestResult result, string name, string unit)
    {
        var run = result.Run;
        page.Append($"<h1>{HtmlText.Escape(name)}</h1><ul class=\"chips\">");
        foreach (var series in run.Series) Chip(series.Key.ToString());
        Chip($"{HtmlText.Time(run.Start)} to {HtmlText.Time(run.End)}");
        foreach (var (key, value) in run.Strategies.SelectMany(s => s.Parameters).OrderBy(p => p.Key, StringComparer.Ordinal)) Chip($"{key} {value}");
        Chip($"capital {HtmlText.Quantity(run.Options.Capital)} {unit}");
        page.Append("</ul>\n");

        void Chip(string text) => page.Append($"<li>{HtmlText.Escape(text)}</li>");
    }

    private static void Charts(StringBuilder page, BacktestResult result)
    {
        // Two radio buttons and a style sheet switch the scale, so that the page needs no script.
        page.Append("<input class=\"scale\" type=\"radio\" name=\"scale\" id=\"log\" checked aria-label=\"logarithmic scale\"><input class=\"scale\" type=\"radio\" name=\"scale\" id=\"linear\" aria-label=\"linear scale\">")
            .Append("<section class=\"card\"><header><h2>Equity</h2><span><span class=\"key\">strategy</span>")
            .Append(result.Benchmark.Count == 0 ? "" : "<span class=\"key held\">buy and hold</span>")
            .Append("</span><span><label class=\"switch first log-on\" for=\"log\">log</label><label class=\"switch last linear-on\" for=\"linear\">linear</label></span></header>")
            .Append($"<div class=\"log\">{HtmlCharts.Equity(result.Equity, result.Benchmark, isLog: true)}</div><div class=\"linear\">{HtmlCharts.Equity(result.Equity, result.Benchmark, isLog: false)}</div></section>\n")
            .Append($"<section class=\"card\"><header><h2>Drawdown</h2><small>distance from the highest equity so far</small></header>{HtmlCharts.Drawdown(result.Equity)}</section>\n");
    }

    private static string Unit(BacktestRun run)
    {
        var quotes = run.Series.Select(s => s.Key.Symbol.Quote).Distinct(StringComparer.Ordinal).ToList();
        return quotes.Count == 1 ? HtmlText.Escape(quotes[0]) : "quote units";
    }
}
