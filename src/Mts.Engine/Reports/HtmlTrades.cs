using System.Text;
using Mts.Core.Performance;
using Mts.Core.Trading;

namespace Mts.Engine.Reports;

/// <summary>The list of trades, with what the page's script needs to filter it.</summary>
internal static class HtmlTrades
{
    public static void Write(StringBuilder page, ReportContent content)
    {
        var (trades, listed) = (content.Result.Trades, content.Listed);
        if (trades.Count == 0) return;
        var left = trades.Count > listed.Count
            ? $"{HtmlText.Count(listed.Count)} of {HtmlText.Count(trades.Count)}: the 200 best, the 200 worst and the latest; all are in the JSON result"
            : $"{HtmlText.Count(trades.Count)} closed";
        page.Append($"<section class=\"card long\" id=\"trades\"><header><h2>Trades</h2><small>{left}; results in {content.Unit} after costs</small></header>")
            .Append("<form class=\"filter\" hidden><label>Find <input type=\"search\" name=\"text\" placeholder=\"market, reason, date\"/></label> <label>Side <select name=\"side\"><option value=\"\">both</option><option>long</option><option>short</option></select></label> ")
            .Append("<label>Result <select name=\"result\"><option value=\"\">all</option><option value=\"gain\">won</option><option value=\"loss\">lost</option></select></label> <output></output></form>")
            .Append("<div class=\"scroll tall\"><table><thead><tr><th>no.</th><th class=\"text\">market</th><th class=\"text\">side</th><th class=\"text\">entry</th><th>price</th><th class=\"text\">exit</th><th>price</th><th>quantity</th>")
            .Append("<th>result</th><th>%</th><th>worst&#8239;%</th><th>best&#8239;%</th><th class=\"text\">opened because</th><th class=\"text\">closed because</th></tr></thead><tbody>\n");
        foreach (var i in listed) Row(page, i, trades[i], i < content.Analysis.Excursions.Count ? content.Analysis.Excursions[i] : null);
        page.Append("</tbody></table></div></section>\n");
    }

    private static void Row(StringBuilder page, int index, Trade t, Excursion? way)
    {
        var tone = HtmlText.Tone((double)t.Pnl);
        page.Append($"<tr><td>{index + 1}</td><td class=\"text\">{HtmlText.Escape(t.Symbol)}</td><td class=\"text\">{Word(t.Side)}</td><td class=\"text\">{HtmlText.Time(t.EntryTime)}</td><td>{HtmlText.Price(t.EntryPrice)}</td>")
            .Append($"<td class=\"text\">{HtmlText.Time(t.ExitTime)}</td><td>{HtmlText.Price(t.ExitPrice)}</td><td>{HtmlText.Quantity(t.Quantity)}</td><td class=\"{tone}\">{HtmlText.Money(t.Pnl)}</td>")
            .Append($"<td class=\"{tone}\">{HtmlText.Number(TradeFigures.Return(t) * 100)}</td><td>{HtmlText.Number(way?.Adverse * -100, "0.0")}</td><td>{HtmlText.Number(way?.Favourable * 100, "0.0")}</td>");
        Why(t.EntryReason);
        Why(t.Reason);
        page.Append("</tr>\n");

        void Why(string reason) => page.Append($"<td class=\"why\" title=\"{HtmlText.Escape(reason)}\">{HtmlText.Escape(reason)}</td>");
    }

    public static string Word(Side side) => side == Side.Buy ? "long" : "short";
}
