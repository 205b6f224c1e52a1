using System.Text;
using Mts.Core.Market;
using Mts.Core.Quality;

namespace Mts.Engine.Reports;

/// <summary>Where the data comes from and how much of the range it covers; of a run that was not told, what its bars show.</summary>
internal static class HtmlQuality
{
    private const int HolesShown = 3;

    public static void Write(StringBuilder page, ReportContent content)
    {
        if (content.Result.Quality is { Count: > 0 } quality) Origin(page, quality);
        else if (content.Result.Market.Count > 0) Coverage(page, content.Result.Run, content.Result.Market);
    }

    private static void Coverage(StringBuilder page, BacktestRun run, IReadOnlyList<BarSeries> market)
    {
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

    private static void Origin(StringBuilder page, IReadOnlyList<SeriesQuality> quality)
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
