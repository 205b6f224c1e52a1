using System.Text;
using Mts.Core.Market;

namespace Mts.Engine.Reports;

/// <summary>The figures of the page: tiles, the table against the benchmark, costs, months.</summary>
internal static class HtmlFigures
{
    public static void Tiles(StringBuilder page, BacktestResult result, CurveFigures? held)
    {
        var m = result.Metrics;
        page.Append("<section class=\"tiles\">");
        Tile("Total return", HtmlText.Percent(m.TotalReturn), HtmlText.Tone(m.TotalReturn), $"buy and hold {HtmlText.Percent(m.BenchmarkReturn)}");
        Tile("Return per year", HtmlText.Percent(m.Cagr), HtmlText.Tone(m.Cagr), $"buy and hold {HtmlText.Percent(held?.Cagr)}");
        Tile("Deepest drawdown", HtmlText.Percent(-m.MaxDrawdown), HtmlText.Tone(-m.MaxDrawdown), $"buy and hold {HtmlText.Percent(-held?.MaxDrawdown)}");
        Tile("Sharpe ratio", HtmlText.Number(m.Sharpe), HtmlText.Tone(m.Sharpe), $"buy and hold {HtmlText.Number(held?.Sharpe)}");
        page.Append("</section>\n");

        void Tile(string name, string value, string tone, string below) =>
            page.Append($"<div class=\"tile\"><span>{name}</span><b class=\"{tone}\">{value}</b><span>{below}</span></div>");
    }

    public static void Table(StringBuilder page, BacktestResult result, CurveFigures? own, CurveFigures? held, string unit)
    {
        var m = result.Metrics;
        page.Append("<section class=\"card\"><header><h2>Strategy and benchmark</h2></header><div class=\"scroll\"><table><thead><tr><th></th><th>strategy</th><th>buy and hold</th></tr></thead><tbody>");
        Row($"Final equity, {unit}", HtmlText.Money(m.FinalEquity), HtmlText.Money((decimal?)held?.Final));
        Row("Total return", HtmlText.Percent(m.TotalReturn), HtmlText.Percent(m.BenchmarkReturn));
        Row("Return per year", HtmlText.Percent(m.Cagr), HtmlText.Percent(held?.Cagr));
        Row("Volatility per year", HtmlText.Percent(m.Volatility), HtmlText.Percent(held?.Volatility));
        Row("Sharpe", HtmlText.Number(m.Sharpe), HtmlText.Number(held?.Sharpe));
        Row("Sortino", HtmlText.Number(m.Sortino), HtmlText.Number(held?.Sortino));
        Row("Calmar", HtmlText.Number(m.Calmar), HtmlText.Number(held?.Calmar));
        Row("Deepest drawdown", HtmlText.Percent(-m.MaxDrawdown), HtmlText.Percent(-held?.MaxDrawdown));
        Row("Longest drawdown, days", HtmlText.Number(m.MaxDrawdownDays, "0.#"), HtmlText.Number(held?.LongestDays, "0.#"));
        Row("Best month", HtmlText.Percent(own?.BestMonth), HtmlText.Percent(held?.BestMonth));
        Row("Worst month", HtmlText.Percent(own?.WorstMonth), HtmlText.Percent(held?.WorstMonth));
        Row("Bars in position", HtmlText.Percent(m.Exposure), held is null ? HtmlText.Percent(null) : "");
        page.Append("</tbody></table></div></section>\n");

        void Row(string name, string value, string other) => page.Append($"<tr><th>{name}</th><td>{value}</td><td class=\"soft\">{other}</td></tr>");
    }

    public static void TradesAndCosts(StringBuilder page, BacktestResult result, string unit)
    {
        var m = result.Metrics;
        var costs = m.Fees + m.SlippageCost - (m.Funding ?? 0);
        page.Append("<section class=\"card\"><header><h2>Trades and costs</h2></header><table><tbody>");
        Row("Closed trades", HtmlText.Count(m.Trades));
        Row("Won", HtmlText.Percent(m.WinRate));
        Row("Profit factor", HtmlText.Number(m.ProfitFactor));
        Row($"Mean result, {unit}", HtmlText.Number(m.Expectancy));
        Row($"Best, {unit}", HtmlText.Money(result.Trades.Count == 0 ? null : result.Trades.Max(t => t.Pnl)));
        Row($"Worst, {unit}", HtmlText.Money(result.Trades.Count == 0 ? null : result.Trades.Min(t => t.Pnl)));
        Row("Mean time held, days", HtmlText.Number(result.Trades.Count == 0 ? null : result.Trades.Average(t => (t.ExitTime - t.EntryTime).TotalDays), "0.#"));
        Row("Turnover, × mean equity", HtmlText.Number(m.Turnover, "0.#"));
        Row($"Fees, {unit}", HtmlText.Money(m.Fees));
        Row($"Slippage, {unit}", HtmlText.Money(m.SlippageCost));
        if (result.Run.Series.Any(s => s.Key.Symbol.IsPerpetual)) Row($"Funding received, {unit}", HtmlText.Money(m.Funding));
        Row("All costs, share of capital", HtmlText.Percent((double)(costs / result.Run.Options.Capital)));
        page.Append("</tbody></table></section>\n");

        void Row(string name, string value) => page.Append($"<tr><th>{name}</th><td>{value}</td></tr>");
    }

    public static void Months(StringBuilder page, BacktestResult result)
    {
        var months = MonthlyReturns.Of(result.Equity);
        if (months.Count == 0) return;
        // The deepest colour is the largest month, within reason, so that quiet strategies show their months too.
        var full = Math.Clamp(months.Max(m => Math.Abs(m.Return)), 0.02, 0.2);
        page.Append("<section class=\"card\"><header><h2>Monthly returns</h2><small>per cent</small></header><div class=\"scroll\"><table class=\"heat\"><thead><tr><th></th>");
        for (var month = 1; month <= 12; month++) page.Append($"<th>{Ticks.Month(month)}</th>");
        page.Append("<th>Year</th></tr></thead><tbody>");
        foreach (var year in months.GroupBy(m => m.Year))
        {
            page.Append($"<tr><th>{year.Key}</th>");
            for (var month = 1; month <= 12; month++)
            {
                var at = month;
                Cell(year.Where(m => m.Month == at).Select(m => (double?)m.Return).FirstOrDefault(), full, "");
            }

            Cell(year.Aggregate(1.0, (whole, m) => whole * (1 + m.Return)) - 1, 4 * full, " class=\"year\"");
            page.Append("</tr>");
        }

        page.Append("</tbody></table></div></section>\n");

        void Cell(double? value, double full, string kind)
        {
            if (value is not { } v) page.Append("<td></td>");
            else page.Append($"<td{kind} style=\"background:color-mix(in srgb,var(--{(v < 0 ? "loss" : "gain")}) {HtmlText.Plain(Math.Min(1, Math.Abs(v) / full) * 60)}%,transparent)\">{HtmlText.Number(v * 100, "0.0")}</td>");
        }
    }
}
