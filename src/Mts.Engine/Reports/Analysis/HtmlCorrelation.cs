using System.Globalization;
using System.Text;
using Mts.Core.Analysis;
using Mts.Core.Indicators.Statistics;
using Mts.Core.Market;

namespace Mts.Engine.Reports.Analysis;

/// <summary>Correlations as one self-contained page: the matrix, every pair with what it is worth, and what has changed.</summary>
public static class HtmlCorrelation
{
    public static string Write(Timestamp asOf, CorrelationMosaic mosaic, IReadOnlyList<string> notes)
    {
        var page = HtmlAnalysis.Begin("Correlations", asOf, $"{mosaic.Window} daily returns", mosaic.Regime is { } regime ? $"regime {regime}" : "no regime");
        HtmlAnalysis.Notes(page, "Findings", notes);
        page.Append("<div class=\"tiles\">");
        Tile(page, HtmlText.Number(mosaic.Average), "mean correlation of the markets");
        Tile(page, HtmlText.Percent(mosaic.StrongShare, "0"), "of the pairs strong, |r| from 0.7");
        Tile(page, HtmlText.Percent(mosaic.WeakShare, "0"), "weak, |r| below 0.3");
        Tile(page, HtmlText.Percent(mosaic.NegativeShare, "0"), "below zero");
        page.Append("</div>\n");
        Matrix(page, mosaic);
        Pairs(page, mosaic);
        return HtmlPage.End(page);
    }

    private static void Tile(StringBuilder page, string figure, string words) => page.Append($"<div class=\"tile\"><b>{figure}</b><span>{words}</span></div>");

    private static void Matrix(StringBuilder page, CorrelationMosaic mosaic)
    {
        if (mosaic.Names.Count < 2) return;
        page.Append("<section class=\"card\"><header><h2>Markets</h2><small>Pearson's r; blue together, orange against one another</small></header><div class=\"scroll\"><table class=\"heat\"><thead><tr><th></th>");
        foreach (var name in mosaic.Names) page.Append($"<th scope=\"col\">{HtmlText.Escape(name)}</th>");
        page.Append("</tr></thead><tbody>\n");
        foreach (var row in mosaic.Names)
        {
            page.Append($"<tr><th scope=\"row\">{HtmlText.Escape(row)}</th>");
            foreach (var column in mosaic.Names)
            {
                var r = mosaic.R(row, column);
                page.Append($"<td style=\"{Shade(r)}\">{HtmlText.Number(r)}</td>");
            }

            page.Append("</tr>\n");
        }

        page.Append("</tbody></table></div></section>\n");
    }

    private static void Pairs(StringBuilder page, CorrelationMosaic mosaic)
    {
        page.Append("<section class=\"card long\"><header><h2>Pairs</h2><small>r with its 95 % interval; p corrected for all tests of this page (Benjamini and Hochberg)</small></header><div class=\"scroll\"><table><thead><tr><th>pair</th><th>returns</th><th>r</th><th class=\"text\">95 %</th><th>p</th><th class=\"text\">called</th><th class=\"text\">against the time before</th></tr></thead><tbody>\n");
        foreach (var pair in mosaic.Pairs)
        {
            foreach (var w in pair.Windows)
            {
                var shift = pair.Shift is { } s && s.Window == w.Window ? $"{HtmlText.Number(s.Before)} over {s.Baseline}, p {P(s.AdjustedPValue)}" : "";
                var interval = w.Test is { Low: { } low, High: { } high } ? $"{HtmlText.Number(low)} to {HtmlText.Number(high)}" : "";
                page.Append($"<tr><td>{HtmlText.Escape(pair.Name)}</td><td>{w.Window}</td><td>{HtmlText.Number(w.R)}</td><td class=\"text\">{interval}</td><td>{P(w.AdjustedPValue)}</td><td class=\"text\">{HtmlAnalysis.Words(w.Strength.ToText())}</td><td class=\"text\">{shift}</td></tr>\n");
            }
        }

        page.Append("</tbody></table></div></section>\n");
    }

    private static string P(double? value) => value < 0.0005 ? "&lt;0.001" : HtmlText.Number(value, "0.000");

    // Blue and orange are told apart by nearly everybody.
    private static string Shade(double? r) => r is not { } value ? "" :
        string.Create(CultureInfo.InvariantCulture, $"background:color-mix(in srgb,{(value >= 0 ? "#2563eb" : "#d97706")} {Math.Abs(value) * 70:0}%,transparent)");
}
