using System.Text;
using Mts.Core.Trading;

namespace Mts.Engine.Reports;

/// <summary>The lists of the page: warnings, trades, open positions, refusals.</summary>
internal static class HtmlLists
{
    private const int Shown = 1_000;

    public static void Warnings(StringBuilder page, IReadOnlyList<string> warnings)
    {
        if (warnings.Count == 0) return;
        page.Append("<section class=\"card warn\" role=\"note\"><h2>Before you believe it</h2><ul>");
        foreach (var warning in warnings) page.Append($"<li>{HtmlText.Escape(warning)}</li>");
        page.Append("</ul></section>\n");
    }

    public static void Trades(StringBuilder page, IReadOnlyList<Trade> trades, string unit)
    {
        if (trades.Count == 0) return;
        var left = trades.Count > Shown ? $"the first {HtmlText.Count(Shown)} of {HtmlText.Count(trades.Count)}; all are in the JSON result" : $"{HtmlText.Count(trades.Count)} closed";
        page.Append($"<section class=\"card long\"><header><h2>Trades</h2><small>{left}; result in {unit} after costs</small></header><div class=\"scroll\"><table><thead><tr>")
            .Append("<th>market</th><th class=\"text\">side</th><th class=\"text\">entry</th><th>price</th><th class=\"text\">exit</th><th>price</th><th>quantity</th><th>result</th><th>%</th><th class=\"text\">closed because</th></tr></thead><tbody>\n");
        foreach (var t in trades.Take(Shown))
        {
            var tone = HtmlText.Tone((double)t.Pnl);
            page.Append($"<tr><td>{HtmlText.Escape(t.Symbol)}</td><td class=\"text\">{Word(t.Side)}</td><td class=\"text\">{HtmlText.Time(t.EntryTime)}</td><td>{HtmlText.Price(t.EntryPrice)}</td>")
                .Append($"<td class=\"text\">{HtmlText.Time(t.ExitTime)}</td><td>{HtmlText.Price(t.ExitPrice)}</td><td>{HtmlText.Quantity(t.Quantity)}</td><td class=\"{tone}\">{HtmlText.Money(t.Pnl)}</td>")
                .Append($"<td class=\"{tone}\">{HtmlText.Number((double)(t.Pnl / (t.Quantity * t.EntryPrice)) * 100)}</td><td class=\"why\" title=\"{HtmlText.Escape(t.Reason)}\">{HtmlText.Escape(t.Reason)}</td></tr>\n");
        }

        page.Append("</tbody></table></div></section>\n");
    }

    public static void Open(StringBuilder page, IReadOnlyList<OpenPosition> positions, string unit)
    {
        if (positions.Count == 0) return;
        page.Append($"<section class=\"card\"><header><h2>Still open</h2><small>at the last close; result in {unit}, an exit fee not counted</small></header><div class=\"scroll\"><table><thead><tr>")
            .Append("<th>market</th><th class=\"text\">side</th><th class=\"text\">entry</th><th>price</th><th>last</th><th>quantity</th><th>result</th><th class=\"text\">opened because</th></tr></thead><tbody>");
        foreach (var p in positions)
        {
            page.Append($"<tr><td>{HtmlText.Escape(p.Symbol)}</td><td class=\"text\">{Word(p.Side)}</td><td class=\"text\">{HtmlText.Time(p.EntryTime)}</td><td>{HtmlText.Price(p.EntryPrice)}</td><td>{HtmlText.Price(p.LastPrice)}</td>")
                .Append($"<td>{HtmlText.Quantity(p.Quantity)}</td><td class=\"{HtmlText.Tone((double)p.UnrealizedPnl)}\">{HtmlText.Money(p.UnrealizedPnl)}</td><td class=\"why\" title=\"{HtmlText.Escape(p.Reason)}\">{HtmlText.Escape(p.Reason)}</td></tr>");
        }

        page.Append("</tbody></table></div></section>\n");
    }

    public static void Refusals(StringBuilder page, BacktestResult result)
    {
        if (result.Refusals.Count == 0) return;
        page.Append($"<section class=\"card\"><header><h2>Refused signals</h2><small>{HtmlText.Count(result.Refusals.Count)} of {HtmlText.Count(result.Signals.Count)} signals</small></header>")
            .Append("<div class=\"scroll\"><table><thead><tr><th>rule</th><th>times</th><th class=\"text\">first</th><th class=\"text\">for instance</th></tr></thead><tbody>");
        foreach (var rule in result.Refusals.GroupBy(r => r.Rule).OrderBy(g => g.Key, StringComparer.Ordinal))
            page.Append($"<tr><td>{HtmlText.Escape(rule.Key)}</td><td>{HtmlText.Count(rule.Count())}</td><td class=\"text\">{HtmlText.Time(rule.First().Signal.Time)}</td><td class=\"why\">{HtmlText.Escape(rule.First().Reason)}</td></tr>");
        page.Append("</tbody></table></div></section>\n");
    }

    private static string Word(Side side) => side == Side.Buy ? "long" : "short";
}
