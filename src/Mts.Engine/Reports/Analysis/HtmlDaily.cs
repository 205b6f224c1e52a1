using System.Text;
using Mts.Core.Analysis;

namespace Mts.Engine.Reports.Analysis;

/// <summary>The daily report as one self-contained page.</summary>
public static class HtmlDaily
{
    public static string Write(DailyReport report)
    {
        var page = HtmlAnalysis.Begin($"The day, {HtmlAnalysis.Day(report.AsOf.Date)}", report.AsOf);
        Table(page, "Markets", "asset", report.Assets);
        Table(page, "Macro", "series", report.Indicators);
        Table(page, "Treasury yields", "maturity", report.Yields);
        HtmlAnalysis.Notes(page, "Not there", report.Missing);
        return HtmlPage.End(page);
    }

    private static void Table(StringBuilder page, string title, string first, IReadOnlyList<DailyReport.Row> rows)
    {
        if (rows.Count == 0) return;
        page.Append($"<section class=\"card\"><header><h2>{title}</h2><small>change against the newest value so many days before</small></header><div class=\"scroll\"><table><thead><tr><th>{first}</th><th class=\"text\">name</th><th>value</th><th class=\"text\">of</th><th>7 d</th><th>14 d</th><th>30 d</th></tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            page.Append($"<tr><td>{HtmlText.Escape(row.Id)}</td><td class=\"text\">{HtmlText.Escape(row.Title)}</td><td>{HtmlText.Number(row.Value, "0.####")}</td><td class=\"text\">{HtmlAnalysis.Day(row.Day)}</td>")
                .Append(HtmlAnalysis.Change(row.Change7 / 100)).Append(HtmlAnalysis.Change(row.Change14 / 100)).Append(HtmlAnalysis.Change(row.Change30 / 100)).Append("</tr>\n");
        }

        page.Append("</tbody></table></div></section>\n");
    }
}
