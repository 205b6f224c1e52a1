using Mts.Core.Analysis;
using Mts.Core.Market;

namespace Mts.Engine.Reports.Analysis;

/// <summary>Macro figures as one self-contained page.</summary>
public static class HtmlMacro
{
    /// <param name="asOf">The moment of the look.</param>
    /// <param name="figures">With what was known of each series.</param>
    /// <param name="notes">What a reader should know first.</param>
    public static string Write(Timestamp asOf, IReadOnlyList<(MacroFigures Figures, DailySeries Known)> figures, IReadOnlyList<string> notes)
    {
        var page = HtmlAnalysis.Begin("Macro", asOf);
        HtmlAnalysis.Notes(page, "Notable", notes);
        page.Append("<section class=\"card\"><header><h2>Series</h2><small>change by calendar days; z-score against the values before, in their deviations</small></header><div class=\"scroll\"><table><thead><tr><th>series</th><th>value</th><th class=\"text\">of</th>");
        foreach (var days in MacroFigures.ChangeDays) page.Append($"<th>{days} d</th>");
        foreach (var length in MacroFigures.ZScoreLengths) page.Append($"<th>z {length}</th>");
        page.Append("<th title=\"place among the values of a year\">of 100</th><th class=\"text\">regime</th><th class=\"text\">half a year</th></tr></thead><tbody>\n");
        foreach (var (f, known) in figures)
        {
            page.Append($"<tr><td style=\"white-space:normal;min-width:9em\">{HtmlText.Escape(f.Series.Id)}<br><small>{HtmlText.Escape(f.Series.Title)}</small></td><td>{HtmlText.Number(f.Value, "0.####")}</td><td class=\"text\">{HtmlAnalysis.Day(f.Day)}</td>");
            foreach (var days in MacroFigures.ChangeDays) page.Append(HtmlAnalysis.Change(f.Changes[days]));
            foreach (var length in MacroFigures.ZScoreLengths) page.Append($"<td>{HtmlText.Number(f.ZScores[length])}</td>");
            page.Append($"<td>{HtmlText.Number(f.Percentile, "0")}</td><td class=\"text\">{string.Join("<br>", f.Regimes.Select(r => $"<span title=\"{HtmlText.Escape(r.Reason)}\">{HtmlAnalysis.Words(r.Kind)}: {HtmlAnalysis.Words(r.Name)}</span>"))}</td><td>{HtmlAnalysis.Line(known, 126)}</td></tr>\n");
        }

        page.Append("</tbody></table></div></section>\n");
        return HtmlPage.End(page);
    }
}
