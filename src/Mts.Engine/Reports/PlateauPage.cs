using System.Text;
using Mts.Engine.Optimization;

namespace Mts.Engine.Reports;

/// <summary>The objective around the best as a table of colours.</summary>
internal static class PlateauPage
{
    public static void Write(StringBuilder page, OptimizationResult result, Plateau plateau)
    {
        if (plateau.Axes.Count == 0) return;
        var all = plateau.Axes.SelectMany(a => a.Points).Select(p => p.Objective).Concat(plateau.Table?.Objectives.SelectMany(r => r) ?? []).OfType<double>().Select(Math.Abs).ToList();
        var full = all.Count == 0 ? 1 : Math.Max(all.Max(), 1e-9);
        page.Append($"<section class=\"card\"><header><h2>Around the best</h2><small>{HtmlText.Escape(result.Options.Goal.Name)} of neighbours up to {Plateau.Reach} steps away</small></header>")
            .Append($"<p>The middle one of {HtmlText.Count(plateau.Neighbours)} neighbours reaches {HtmlText.Percent(plateau.MedianShare, "0")} of the best, the worst {HtmlText.Percent(plateau.WorstShare, "0")}. ")
            .Append("On a plateau they are nearly as good; a needle seldom stays where it was.</p><div class=\"scroll\"><table class=\"heat\">");
        if (plateau.Table is { } table) Square(page, table, full);
        else Lines(page, plateau, full);
        page.Append("</tbody></table></div></section>\n");
    }

    private static void Square(StringBuilder page, PlateauTable table, double full)
    {
        page.Append($"<thead><tr><th>{HtmlText.Escape(table.RowName)} \\ {HtmlText.Escape(table.ColumnName)}</th>");
        foreach (var column in table.Columns) page.Append($"<th>{HtmlText.Escape(column)}</th>");
        page.Append("</tr></thead><tbody>");
        for (var r = 0; r < table.Rows.Count; r++)
        {
            page.Append($"<tr><th>{HtmlText.Escape(table.Rows[r])}</th>");
            foreach (var value in table.Objectives[r]) Cell(page, value, "", full);
            page.Append("</tr>");
        }
    }

    private static void Lines(StringBuilder page, Plateau plateau, double full)
    {
        page.Append("<thead><tr><th></th><th>−2</th><th>−1</th><th>best</th><th>+1</th><th>+2</th></tr></thead><tbody>");
        foreach (var axis in plateau.Axes)
        {
            page.Append($"<tr><th>{HtmlText.Escape(axis.Name)}</th>");
            for (var offset = -Plateau.Reach; offset <= Plateau.Reach; offset++)
            {
                if (axis.Points.FirstOrDefault(p => p.Offset == offset) is { } point) Cell(page, point.Objective, $"{HtmlText.Escape(point.Value)}<br>", full);
                else page.Append("<td></td>");
            }

            page.Append("</tr>");
        }
    }

    private static void Cell(StringBuilder page, double? value, string above, double full)
    {
        if (value is not { } v) page.Append($"<td>{above}<span class=\"soft\">n/a</span></td>");
        else page.Append($"<td style=\"background:color-mix(in srgb,var(--{(v < 0 ? "loss" : "gain")}) {HtmlText.Plain(Math.Abs(v) / full * 60)}%,transparent)\">{above}{HtmlText.Number(v, "0.00")}</td>");
    }
}
