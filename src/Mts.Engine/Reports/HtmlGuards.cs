using System.Text;
using Mts.Engine.Guards;

namespace Mts.Engine.Reports;

/// <summary>What the guards found.</summary>
internal static class HtmlGuards
{
    public static void Write(StringBuilder page, BacktestResult result)
    {
        if (result.Guards is not { } guards) return;
        page.Append($"<section class=\"card{(guards.IsSound ? "" : " warn")}\"><header><h2>Guards</h2><small>{HtmlText.Count(guards.Instants)} instants asked again with the future hidden</small></header>")
            .Append("<div class=\"scroll\"><table><thead><tr><th>guard</th><th class=\"text\">verdict</th><th class=\"text\">why</th></tr></thead><tbody>");
        foreach (var (name, finding) in guards.Findings)
            page.Append($"<tr><td>{name.Replace('_', ' ')}</td><td class=\"text\">{finding.Verdict.ToString().ToLowerInvariant()}</td><td class=\"why\">{HtmlText.Escape(finding.Words)}</td></tr>");
        page.Append("</tbody></table></div></section>\n");
    }
}
