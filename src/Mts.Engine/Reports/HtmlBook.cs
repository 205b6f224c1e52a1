using System.Text;

namespace Mts.Engine.Reports;

/// <summary>What was met in recorded books, and the list of limit orders that waited there.</summary>
internal static class HtmlBook
{
    private const int MostRows = 200;

    public static void Write(StringBuilder page, BookSummary? book)
    {
        if (book is null) return;
        page.Append($"<section class=\"card\"><header><h2>In the queue</h2><small>{HtmlText.Count(book.Queued.Count)} limit orders waited, {HtmlText.Count(book.Fills.Count)} fills of orders; model {HtmlText.Escape(book.Model)}</small></header>");
        page.Append("<div class=\"scroll\"><table><thead><tr><th>market</th><th>updates</th><th>trades</th><th>times not to be believed</th></tr></thead><tbody>");
        foreach (var m in book.Markets) page.Append($"<tr><td>{HtmlText.Escape(m.Symbol)}</td><td>{HtmlText.Count(m.Updates)}</td><td>{HtmlText.Count(m.Trades)}</td><td>{HtmlText.Count(m.Losses)}</td></tr>");
        page.Append("</tbody></table></div>");
        if (book.Queued.Count > 0)
        {
            page.Append("<div class=\"scroll\"><table><thead><tr><th>order</th><th class=\"text\">market</th><th class=\"text\">side</th><th>price</th><th class=\"text\">joined</th><th>ahead then</th><th>ahead at the end</th><th>filled</th><th>waited, s</th></tr></thead><tbody>");
            foreach (var o in book.Queued.Take(MostRows)) Row(page, o);
            page.Append("</tbody></table></div>");
            if (book.Queued.Count > MostRows) page.Append($"<p class=\"soft\">The first {MostRows} of {HtmlText.Count(book.Queued.Count)}; all are in the JSON result.</p>");
        }

        page.Append("</section>\n");
    }

    private static void Row(StringBuilder page, QueuedOrder o) => page
        .Append($"<tr><td>{HtmlText.Count(o.Id)}</td><td class=\"text\">{HtmlText.Escape(o.Symbol)}</td><td class=\"text\">{OrdersJson.Word(o.Side)}</td><td>{HtmlText.Price(o.Price)}</td><td class=\"text\">{HtmlText.Time(o.Joined)}</td>")
        .Append($"<td>{Amount(o.AheadAtEntry)}</td><td>{Amount(o.AheadAtEnd)}</td><td>{HtmlText.Quantity(o.Filled)}</td><td>{Waited(o)}</td></tr>");

    private static string Amount(decimal? amount) => amount is { } a ? HtmlText.Quantity(a) : "not known";

    private static string Waited(QueuedOrder o) => o.FirstFill is { } first ? FormattableString.Invariant($"{(first - o.Joined).TotalSeconds:0.###}") : "";
}
