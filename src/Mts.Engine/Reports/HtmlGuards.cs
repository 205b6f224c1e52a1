using System.Text;
using Mts.Engine.Guards;

namespace Mts.Engine.Reports;

/// <summary>What the guards found, and where the data comes from.</summary>
internal static class HtmlGuards
{
    public static void Write(StringBuilder page, BacktestResult result)
    {
        if (result.Guards is { } guards) Verdicts(page, guards);
        if (result.Quality is { Count: > 0 } quality) Origin(page, quality);
    }

    private static void Verdicts(StringBuilder page, GuardReport guards)
    {
        page.Append($"<section class=\"card{(guards.IsSound ? "" : " warn")}\"><header><h2>Guards</h2><small>{HtmlText.Count(guards.Instants)} instants asked again with the future hidden</small></header>")
            .Append("<div class=\"scroll\"><table><thead><tr><th>guard</th><th class=\"text\">verdict</th><th class=\"text\">why</th></tr></thead><tbody>");
        foreach (var (name, finding) in guards.Findings)
            page.Append($"<tr><td>{name.Replace('_', ' ')}</td><td class=\"text\">{finding.Verdict.ToString().ToLowerInvariant()}</td><td class=\"why\">{HtmlText.Escape(finding.Words)}</td></tr>");
        page.Append("</tbody></table></div></section>\n");
    }

    private static void Origin(StringBuilder page, IReadOnlyList<Core.Quality.SeriesQuality> quality)
    {
        page.Append("<section class=\"card\"><header><h2>Where the data comes from</h2><small>segments are as they were written where their hash says so</small></header><div class=\"scroll\"><table><thead><tr>")
            .Append("<th>series</th><th>covered</th><th>refused</th><th>revised</th><th>conflicts</th><th>as written</th><th>not to be told</th><th>damaged</th><th class=\"text\">sources</th></tr></thead><tbody>");
        foreach (var q in quality)
        {
            page.Append($"<tr><td>{HtmlText.Escape(q.Key.ToString())}</td><td>{HtmlText.Percent(q.Coverage)}</td><td>{HtmlText.Count(q.Refused)}</td><td>{HtmlText.Count(q.Revised)}</td><td>{HtmlText.Count(q.Conflicts)}</td>")
                .Append($"<td>{q.Verified}</td><td>{q.Unverified}</td><td>{q.Damaged.Count}</td><td class=\"text\">{HtmlText.Escape(string.Join(", ", q.Sources.Select(s => $"{s.Source} {s.Bars}")))}</td></tr>");
        }

        page.Append("</tbody></table></div></section>\n");
    }
}
