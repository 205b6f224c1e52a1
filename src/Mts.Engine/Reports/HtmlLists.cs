using System.Text;

namespace Mts.Engine.Reports;

/// <summary>The lists of the page: warnings, open positions, refusals.</summary>
internal static class HtmlLists
{
    public static void Warnings(StringBuilder page, IReadOnlyList<string> warnings)
    {
        if (warnings.Count == 0) return;
        page.Append("<section class=\"card warn\" role=\"note\"><h2>Before you believe it</h2><ul>");
        foreach (var warning in warnings) page.Append($"<li>{HtmlText.Escape(warning)}</li>");
        page.Append("</ul></section>\n");
    }

    public static void Open(StringBuilder page, ReportContent content)
    {
        var positions = content.Result.OpenPositions;
        if (positions.Count == 0) return;
        page.Append($"<section class=\"card\"><header><h2>Still open</h2><small>at the last close; result in {content.Unit}, an exit fee not counted</small></header><div class=\"scroll\"><table><thead><tr>")
            .Append("<th>market</th><th class=\"text\">side</th><th class=\"text\">entry</th><th>price</th><th>last</th><th>quantity</th><th>result</th><th class=\"text\">opened because</th></tr></thead><tbody>");
        foreach (var p in positions)
        {
            page.Append($"<tr><td>{HtmlText.Escape(p.Symbol)}</td><td class=\"text\">{HtmlTrades.Word(p.Side)}</td><td class=\"text\">{HtmlText.Time(p.EntryTime)}</td><td>{HtmlText.Price(p.EntryPrice)}</td><td>{HtmlText.Price(p.LastPrice)}</td>")
                .Append($"<td>{HtmlText.Quantity(p.Quantity)}</td><td class=\"{HtmlText.Tone((double)p.UnrealizedPnl)}\">{HtmlText.Money(p.UnrealizedPnl)}</td><td class=\"why\" title=\"{HtmlText.Escape(p.Reason)}\">{HtmlText.Escape(p.Reason)}</td></tr>");
        }

        page.Append("</tbody></table></div></section>\n");
    }

    public static void Refusals(StringBuilder page, BacktestResult result)
    {
        if (result.Refusals.Count == 0) return;
        page.Append($"<section class=\"card\"><header><h2>Refused and unfilled signals</h2><small>{HtmlText.Count(result.Refusals.Count)} of {HtmlText.Count(result.Signals.Count)} signals</small></header>")
            .Append("<div class=\"scroll\"><table><thead><tr><th>rule</th><th>times</th><th class=\"text\">first</th><th class=\"text\">for instance</th></tr></thead><tbody>");
        foreach (var rule in result.Refusals.GroupBy(r => r.Rule).OrderBy(g => g.Key, StringComparer.Ordinal))
            page.Append($"<tr><td>{HtmlText.Escape(rule.Key)}</td><td>{HtmlText.Count(rule.Count())}</td><td class=\"text\">{HtmlText.Time(rule.First().Signal.Time)}</td><td class=\"why long\">{HtmlText.Escape(rule.First().Reason)}</td></tr>");
        page.Append("</tbody></table></div></section>\n");
    }

    public static void Orders(StringBuilder page, OrderSummary? orders)
    {
        if (orders is null) return;
        page.Append($"<section class=\"card\"><header><h2>Orders</h2><small>{HtmlText.Count(orders.Submitted)} submitted, {HtmlText.Count(orders.Filled)} filled in full, {HtmlText.Count(orders.Cancelled)} cancelled, {HtmlText.Count(orders.Rejected)} rejected, {HtmlText.Count(orders.Expired)} expired</small></header>");
        if (orders.Unfilled.Count > 0)
        {
            page.Append("<div class=\"scroll\"><table><thead><tr><th>not filled in full because</th><th>times</th><th class=\"text\">first</th><th class=\"text\">for instance</th></tr></thead><tbody>");
            foreach (var rule in orders.Unfilled.GroupBy(o => o.Rule).OrderBy(g => g.Key, StringComparer.Ordinal))
                page.Append($"<tr><td>{HtmlText.Escape(rule.Key)}</td><td>{HtmlText.Count(rule.Count())}</td><td class=\"text\">{HtmlText.Time(rule.First().Submitted)}</td><td class=\"why long\">{HtmlText.Escape(rule.First().Reason)}</td></tr>");
            page.Append("</tbody></table></div>");
        }

        page.Append("</section>\n");
    }
}
