using System.Globalization;
using System.Net;
using System.Text;
using Mts.Core.Trading;

namespace Mts.Engine.Reports;

/// <summary>A result as one self-contained page: no script, no other file; equal from run to run.</summary>
public static class HtmlReport
{
    private const int TradesShown = 2_000;

    private const string Style = """
        :root{color-scheme:light dark;--ink:#1d2733;--soft:#6b7785;--line:#d9dee4;--paper:#fff;--own:#1f6feb;--held:#a0a8b2;--gain:#1a7f4b;--loss:#c0392b}
        @media(prefers-color-scheme:dark){:root{--ink:#dfe6ee;--soft:#8d99a8;--line:#313b47;--paper:#12171d;--own:#58a6ff;--held:#6b7785;--gain:#3fb979;--loss:#f0675a}}
        body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:1000px;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}p{margin:.2rem 0;color:var(--soft)}
        table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{padding:.25rem .5rem;text-align:right;border-bottom:1px solid var(--line)}
        th{font-weight:500;color:var(--soft)}th:first-child,td:first-child,.text{text-align:left}.gain{color:var(--gain)}.loss{color:var(--loss)}
        svg{width:100%;height:auto;display:block}.scroll{overflow-x:auto}text{font-size:11px;fill:var(--soft)}.grid{stroke:var(--line)}.own{stroke:var(--own)}.held{stroke:var(--held)}
        path{fill:none;stroke-width:1.5}.under{fill:var(--loss);fill-opacity:.25;stroke:var(--loss)}
        """;

    public static string Write(BacktestResult result)
    {
        var names = string.Join(" + ", result.Run.Strategies.Select(s => s.Name));
        var markets = string.Join(", ", result.Run.Series.Select(s => s.Key.ToString()));
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
        page.Append($"<title>{Text(names)}: {Text(markets)}</title><style>{Style}</style></head><body>\n");
        page.Append($"<h1>{Text(names)}</h1><p>{Text(markets)}</p><p>{result.Run.Start} to {result.Run.End}</p>\n");
        foreach (var warning in result.Warnings) page.Append($"<p class=\"loss\">{Text(warning)}</p>\n");
        Metrics(page, result);
        page.Append("<h2>Equity</h2><p>the strategy in blue, buy and hold in grey, at the same costs; logarithmic</p>\n").Append(HtmlCharts.Equity(result.Equity, result.Benchmark));
        page.Append("<h2>Drawdown</h2>\n").Append(HtmlCharts.Drawdown(result.Equity));
        Months(page, result);
        Trades(page, result.Trades);
        Inputs(page, result.Run);
        return page.Append("</body></html>\n").ToString();
    }

    private static void Metrics(StringBuilder page, BacktestResult result)
    {
        var m = result.Metrics;
        (string Name, string Value)[] figures =
        [
            ("final equity", Money(m.FinalEquity)), ("total return", Percent(m.TotalReturn)), ("buy and hold", Percent(m.BenchmarkReturn)), ("return per year", Percent(m.Cagr)),
            ("volatility per year", Percent(m.Volatility)), ("Sharpe", Ratio(m.Sharpe)), ("Sortino", Ratio(m.Sortino)), ("Calmar", Ratio(m.Calmar)), ("max drawdown", Percent(m.MaxDrawdown)),
            ("longest drawdown", $"{m.MaxDrawdownDays.ToString("0.#", CultureInfo.InvariantCulture)} days"), ("trades", m.Trades.ToString(CultureInfo.InvariantCulture)), ("win rate", Percent(m.WinRate)),
            ("profit factor", Ratio(m.ProfitFactor)), ("exposure", Percent(m.Exposure)), ("turnover", Ratio(m.Turnover)), ("fees", Money(m.Fees)), ("slippage cost", Money(m.SlippageCost)),
            ("funding", m.Funding is { } funding ? Money(funding) : "n/a"),
        ];
        page.Append("<h2>Figures</h2><table>");
        foreach (var row in figures.Chunk(3)) page.Append("<tr>").AppendJoin("", row.Select(f => $"<td class=\"text\">{f.Name}</td><td>{f.Value}</td>")).Append("</tr>\n");
        page.Append("</table>\n");
    }

    private static void Months(StringBuilder page, BacktestResult result)
    {
        var months = MonthlyReturns.Of(result.Equity);
        if (months.Count == 0) return;
        page.Append("<h2>Monthly returns, %</h2><div class=\"scroll\"><table><tr><th>year</th>");
        for (var month = 1; month <= 12; month++) page.Append($"<th>{CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(month)}</th>");
        page.Append("<th>year</th></tr>\n");
        foreach (var year in months.GroupBy(m => m.Year))
        {
            page.Append($"<tr><td>{year.Key}</td>");
            for (var month = 1; month <= 12; month++) page.Append(Cell(year.Where(m => m.Month == month).Select(m => (double?)m.Return).FirstOrDefault()));
            page.Append(Cell(year.Aggregate(1.0, (whole, m) => whole * (1 + m.Return)) - 1)).Append("</tr>\n");
        }

        page.Append("</table></div>\n");
    }

    private static string Cell(double? value) => value is { } v ? $"<td class=\"{(v < 0 ? "loss" : "gain")}\">{(v * 100).ToString("0.0", CultureInfo.InvariantCulture)}</td>" : "<td></td>";

    private static void Trades(StringBuilder page, IReadOnlyList<Trade> trades)
    {
        var shown = trades.Count > TradesShown ? $", the first {TradesShown}" : "";
        page.Append($"<h2>Trades ({trades.Count}{shown})</h2><div class=\"scroll\"><table><tr><th>symbol</th><th>side</th><th>quantity</th><th>entry</th><th>price</th><th>exit</th><th>price</th><th>pnl</th><th class=\"text\">reason</th></tr>\n");
        foreach (var t in trades.Take(TradesShown))
        {
            page.Append($"<tr><td>{Text(t.Symbol)}</td><td>{(t.Side == Side.Buy ? "long" : "short")}</td><td>{BacktestJson.Plain(t.Quantity)}</td><td>{t.EntryTime}</td><td>{BacktestJson.Plain(t.EntryPrice)}</td>");
            page.Append($"<td>{t.ExitTime}</td><td>{BacktestJson.Plain(t.ExitPrice)}</td><td class=\"{(t.Pnl < 0 ? "loss" : "gain")}\">{Money(t.Pnl)}</td><td class=\"text\">{Text(t.Reason)}</td></tr>\n");
        }

        page.Append("</table></div>\n");
    }

    private static void Inputs(StringBuilder page, BacktestRun run)
    {
        var o = run.Options;
        page.Append($"<h2>How it was made</h2><p>capital {Money(o.Capital)}, fee {BacktestJson.Plain(o.FeeBps)} bps, slippage {BacktestJson.Plain(o.SlippageBps)} bps, seed {o.Seed}, limits {(run.Limits is null ? "none" : "applied")}</p>\n");
        foreach (var s in run.Strategies.Where(s => s.Parameters.Count > 0))
            page.Append($"<p>{Text(s.Name)}: {Text(string.Join(", ", s.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}")))}</p>\n");
        page.Append("<p>signals are filled at the next open; stops and targets inside a bar count the adverse one first; rates use 365 days</p>\n");
        page.Append($"<p>run {run.Id}, data {run.DataHash}, mts {Text(run.Version)}</p>\n");
    }

    private static string Text(string value) => WebUtility.HtmlEncode(value);

    private static string Money(decimal value) => value.ToString("#,##0.00", CultureInfo.InvariantCulture);

    private static string Percent(double? value) => value is { } v ? (v * 100).ToString("0.00", CultureInfo.InvariantCulture) + "&nbsp;%" : "n/a";

    private static string Ratio(double? value) => value is { } v ? v.ToString("0.000", CultureInfo.InvariantCulture) : "n/a";
}
