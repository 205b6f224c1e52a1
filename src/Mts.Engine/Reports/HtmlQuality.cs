using System.Text;
using Mts.Core.Market;
using Mts.Core.Quality;

namespace Mts.Engine.Reports;

/// <summary>How much of the range the data covers.</summary>
internal static class HtmlQuality
{
    private const int HolesShown = 3;

    public static void Write(StringBuilder page, ReportContent content)
    {
        var (run, market) = (content.Result.Run, content.Result.Market);
        // Where the caller knows more of the data, that is told instead.
        if (market.Count == 0 || content.Result.Quality is { Count: > 0 }) return;
        page.Append("<section class=\"card\"><header><h2>The data</h2><small>bars that are there, of those that the range has room for</small></header><div class=\"scroll\"><table><thead><tr><th>series</th><th>bars</th><th>covered</th><th>missing</th><th class=\"text\">holes</th></tr></thead><tbody>");
        for (var i = 0; i < run.Series.Count && i < market.Count; i++)
        {
            var (use, series) = (run.Series[i], market[i]);
            var room = (run.End - run.Start).Ticks / 10 / use.Key.Interval.Micros;
            var holes = use.Bars == 0 ? [] : Holes.Find(series.OpenTimes[series.LowerBound(run.Start)..], use.Key.Interval);
            var list = string.Join(", ", holes.Take(HolesShown).Select(h => $"{h.Bars} from {HtmlText.Time(h.From)}")) + (holes.Count > HolesShown ? $" and {holes.Count - HolesShown} more" : "");
            page.Append($"<tr><td>{HtmlText.Escape(use.Key.ToString())}</td><td>{HtmlText.Count(use.Bars)}</td><td>{HtmlText.Percent(room > 0 ? Math.Min(1, (double)use.Bars / room) : null, "0.00")}</td>")
                .Append($"<td>{HtmlText.Count(Math.Max(0, room - use.Bars))}</td><td class=\"text\">{(holes.Count == 0 ? "none" : list)}</td></tr>");
        }

        page.Append("</tbody></table></div></section>\n");
    }
}
