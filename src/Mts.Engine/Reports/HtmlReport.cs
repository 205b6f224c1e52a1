using System.Text;
using Mts.Engine.Analytics;

namespace Mts.Engine.Reports;

/// <summary>A result as one self-contained page for screen, phone and paper: whole without its script, equal from run to run.</summary>
public static class HtmlReport
{
    /// <param name="result">The run.</param>
    /// <param name="analysis">Of it, where it is there already.</param>
    /// <param name="luck">A Monte Carlo of it; null for a page without.</param>
    public static string Write(BacktestResult result, RunAnalysis? analysis = null, MonteCarloResult? luck = null)
    {
        var content = new ReportContent(result, analysis ?? RunAnalysis.Of(result), luck, Unit(result.Run));
        var name = string.Join(" + ", result.Run.Strategies.Select(s => s.Name));
        var markets = string.Join(", ", result.Run.Series.Select(s => s.Key.Symbol.ToString()));
        var page = HtmlPage.Begin($"{name} on {markets}");
        Head(page, content, name);
        HtmlLists.Warnings(page, result.Warnings);
        HtmlFigures.Tiles(page, content);
        HtmlCharts.Write(page, content);
        page.Append("<div class=\"pair\">");
        HtmlFigures.Table(page, content);
        page.Append("<div>");
        HtmlFigures.TradesAndCosts(page, content);
        HtmlReturns.Distribution(page, content);
        page.Append("</div></div>\n");
        HtmlMonths.Write(page, content);
        HtmlReturns.Write(page, content);
        HtmlTables.Falls(page, content);
        HtmlLuck.Write(page, content);
        HtmlPrices.Write(page, content);
        HtmlTables.Groups(page, content);
        HtmlExcursions.Write(page, content);
        HtmlActivity.Write(page, content);
        HtmlLists.Open(page, content);
        HtmlTrades.Write(page, content);
        HtmlLists.Refusals(page, result);
        HtmlLists.Orders(page, result.Orders);
        HtmlBook.Write(page, result.Book);
        HtmlQuality.Write(page, content);
        HtmlGuards.Write(page, result);
        HtmlRunCard.Assumptions(page, result.Run);
        HtmlRunCard.Run(page, result.Run);
        return HtmlPage.End(page, content.Data);
    }

    private static void Head(StringBuilder page, ReportContent content, string name)
    {
        var run = content.Result.Run;
        page.Append($"<h1>{HtmlText.Escape(name)}</h1><ul class=\"chips\">");
        foreach (var series in run.Series) Chip(series.Key.ToString());
        Chip($"{HtmlText.Time(run.Start)} to {HtmlText.Time(run.End)}");
        foreach (var (key, value) in run.Strategies.SelectMany(s => s.Ordered())) Chip($"{key} {value}");
        page.Append($"<li>capital {HtmlText.Quantity(run.Options.Capital)} {content.Unit}</li></ul>\n");

        void Chip(string text) => page.Append($"<li>{HtmlText.Escape(text)}</li>");
    }

    internal static string Unit(BacktestRun run)
    {
        var quotes = run.Series.Select(s => s.Key.Symbol.Quote).Distinct(StringComparer.Ordinal).ToList();
        return quotes.Count == 1 ? HtmlText.Escape(quotes[0]) : "quote units";
    }
}
