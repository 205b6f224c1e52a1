using System.Text;
using Mts.Core.Analysis;
using Mts.Core.Market;

namespace Mts.Engine.Reports.Analysis;

/// <summary>The pieces that the pages of analyses share.</summary>
internal static class HtmlAnalysis
{
    public static StringBuilder Begin(string title, Timestamp asOf, params string[] chips)
    {
        var page = HtmlPage.Begin(title).Append($"<h1>{HtmlText.Escape(title)}</h1><ul class=\"chips\"><li>known by {HtmlText.Time(asOf)} UTC</li>");
        foreach (var chip in chips) page.Append($"<li>{HtmlText.Escape(chip)}</li>");
        return page.Append("</ul>\n");
    }

    public static void Notes(StringBuilder page, string title, IReadOnlyList<string> notes)
    {
        if (notes.Count == 0) return;
        page.Append($"<section class=\"card\"><header><h2>{HtmlText.Escape(title)}</h2></header><ul class=\"words\">");
        foreach (var note in notes) page.Append($"<li>{HtmlText.Escape(note)}</li>");
        page.Append("</ul></section>\n");
    }

    /// <summary>A signed number coloured by its direction; red is no worse than green here, only lower.</summary>
    public static string Change(double? fraction) => $"<td class=\"{HtmlText.Tone(fraction)}\">{HtmlText.Percent(fraction)}</td>";

    public static string Day(DateOnly day) => HtmlText.Time(Timestamp.FromDate(day));

    /// <summary>snake_case as words.</summary>
    public static string Words(string name) => HtmlText.Escape(name.Replace('_', ' '));

    public static string Line(DailySeries series, int last)
    {
        var points = series.Values.Skip(Math.Max(0, series.Length - last)).ToList();
        if (points.Count < 2) return "";
        var (low, high) = (points.Min(), points.Max());
        var path = new StringBuilder();
        for (var i = 0; i < points.Count; i++)
        {
            var y = high > low ? 22 - (20 * (points[i] - low) / (high - low)) : 12;
            path.Append(i == 0 ? 'M' : 'L').Append(HtmlText.Plain(i * 118.0 / (points.Count - 1) + 1)).Append(' ').Append(HtmlText.Plain(y));
        }

        return $"<svg viewBox=\"0 0 120 24\" style=\"width:120px\" role=\"img\" aria-label=\"the last {points.Count} values\"><path class=\"own\" d=\"{path}\"/></svg>";
    }
}
