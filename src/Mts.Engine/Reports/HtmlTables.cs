using System.Text;
using Mts.Core.Market;
using Mts.Engine.Analytics;

namespace Mts.Engine.Reports;

/// <summary>Tables of falls, of the times in which markets broke, and of trades that have something in common.</summary>
internal static class HtmlTables
{
    private const int GroupsShown = 30;

    public static void Falls(StringBuilder page, ReportContent content)
    {
        var (falls, crises) = (content.Analysis.Drawdowns, content.Analysis.Crises);
        if (falls.Count == 0) return;
        page.Append($"<div class=\"pair even\"><section class=\"card\"><header><h2>Deepest drawdowns</h2>{Shown(falls.Count, content.Analysis.DrawdownCount)}</header><div class=\"scroll\"><table><thead><tr><th>depth</th><th class=\"text\">from</th><th class=\"text\">deepest</th><th class=\"text\">recovered</th><th>days</th></tr></thead><tbody>");
        foreach (var d in falls)
        {
            page.Append($"<tr><td class=\"loss\">{HtmlText.Percent(-d.Depth)}</td><td class=\"text\">{Day(d.Peak)}</td><td class=\"text\">{Day(d.Trough)}</td>")
                .Append($"<td class=\"text\">{(d.Recovery is { } r ? Day(r) : "<span class=\"soft\">not yet</span>")}</td><td>{HtmlText.Number(((d.Recovery ?? content.Result.Run.End) - d.Peak).TotalDays, "0.")}</td></tr>");
        }

        page.Append("</tbody></table></div></section>\n<section class=\"card\"><header><h2>When markets broke</h2></header>");
        if (crises.Count == 0) page.Append("<p class=\"soft\">The run saw none of: March 2020, May 2021, Luna (June 2022), FTX (November 2022), August 2024, October 2025.</p>");
        else Crises(page, crises);
        page.Append("</section></div>\n");
    }

    public static void Groups(StringBuilder page, ReportContent content)
    {
        if (content.Result.Trades.Count == 0) return;
        var a = content.Analysis;
        page.Append($"<section class=\"card\"><header><h2>Where the result came from</h2><small>closed trades, {content.Unit} after costs; numbers inside reasons read #</small></header>");
        if (a.BySymbol.Count > 1) Table("market", a.BySymbol);
        Table("opened because", a.ByEntry);
        Table("closed because", a.ByExit);
        page.Append("</section>\n");

        void Table(string what, IReadOnlyList<TradeGroup> groups)
        {
            page.Append($"<div class=\"scroll\"><table class=\"groups\"><thead><tr><th>{what}</th><th>trades</th><th>won</th><th>result</th><th>mean</th><th>fees</th><th>days held</th></tr></thead><tbody>");
            foreach (var g in groups.Take(GroupsShown))
            {
                var tone = HtmlText.Tone((double)g.Pnl);
                page.Append($"<tr><td class=\"why\" title=\"{HtmlText.Escape(g.Name)}\">{HtmlText.Escape(g.Name)}</td><td>{HtmlText.Count(g.Trades)}</td><td>{HtmlText.Percent(g.WinRate, "0.#")}</td>")
                    .Append($"<td class=\"{tone}\">{HtmlText.Money(g.Pnl)}</td><td class=\"{tone}\">{HtmlText.Money(g.Mean)}</td><td>{HtmlText.Money(g.Fees)}</td><td>{HtmlText.Number(g.MeanDays, "0.##")}</td></tr>");
            }

            page.Append("</tbody></table></div>");
            if (groups.Count > GroupsShown) page.Append($"<p class=\"soft\">The {GroupsShown} most frequent of {HtmlText.Count(groups.Count)}; all are in the JSON result.</p>");
        }
    }

    private static void Crises(StringBuilder page, IReadOnlyList<CrisisWindow> crises)
    {
        page.Append("<div class=\"scroll\"><table><thead><tr><th>window</th><th>strategy</th><th>buy and hold</th><th>drawdown</th></tr></thead><tbody>");
        foreach (var c in crises)
        {
            page.Append($"<tr><td class=\"wrap\" title=\"{Day(c.Start)} to {Day(c.End)}\">{c.Name}</td><td class=\"{HtmlText.Tone(c.Return)}\">{HtmlText.Percent(c.Return)}</td>")
                .Append($"<td class=\"{HtmlText.Tone(c.Benchmark)}\">{HtmlText.Percent(c.Benchmark)}</td><td>{HtmlText.Percent(-c.MaxDrawdown)}</td></tr>");
        }

        page.Append("</tbody></table></div>");
    }

    private static string Shown(int shown, int all) => shown < all ? $"<small>{HtmlText.Count(shown)} of {HtmlText.Count(all)}</small>" : "";

    private static string Day(Timestamp time) => HtmlText.Time(time)[..10];
}
