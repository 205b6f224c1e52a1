using System.Text;
using Mts.Core.Market;

namespace Mts.Engine.Reports;

/// <summary>Returns by month as a heat map, by year as bars beside the benchmark.</summary>
internal static class HtmlMonths
{
    public static void Write(StringBuilder page, ReportContent content)
    {
        var months = MonthlyReturns.Of(content.Result.Equity);
        if (months.Count == 0) return;
        page.Append("<div class=\"pair\">");
        Heat(page, months);
        Years(page, months, MonthlyReturns.Of(content.Result.Benchmark));
        page.Append("</div>\n");
    }

    private static void Heat(StringBuilder page, IReadOnlyList<MonthlyReturn> months)
    {
        // The deepest colour is the largest month, within reason, so that quiet strategies show their months too.
        var full = Math.Clamp(months.Max(m => Math.Abs(m.Return)), 0.02, 0.2);
        page.Append("<section class=\"card\"><header><h2>Monthly returns</h2><small>per cent</small></header><div class=\"scroll\"><table class=\"heat\"><thead><tr><th></th>");
        for (var month = 1; month <= 12; month++) page.Append($"<th>{Ticks.Month(month)}</th>");
        page.Append("<th>Year</th></tr></thead><tbody>");
        foreach (var year in months.GroupBy(m => m.Year))
        {
            page.Append($"<tr><th>{year.Key}</th>");
            for (var month = 1; month <= 12; month++)
            {
                var at = month;
                Cell(year.FirstOrDefault(m => m.Month == at)?.Return, full, "");
            }

            Cell(Whole(year), 4 * full, " class=\"year\"");
            page.Append("</tr>");
        }

        page.Append("</tbody></table></div></section>\n");

        void Cell(double? value, double full, string kind)
        {
            if (value is not { } v) page.Append("<td></td>");
            else page.Append($"<td{kind} style=\"background:color-mix(in srgb,var(--{(v < 0 ? "loss" : "gain")}) {HtmlText.Plain(Math.Min(1, Math.Abs(v) / full) * 55)}%,transparent)\">{HtmlText.Number(v * 100, "0.0")}</td>");
        }
    }

    private static void Years(StringBuilder page, IReadOnlyList<MonthlyReturn> own, IReadOnlyList<MonthlyReturn> held)
    {
        var (mine, theirs) = (own.GroupBy(m => m.Year).ToDictionary(y => y.Key, Whole), held.GroupBy(m => m.Year).ToDictionary(y => y.Key, Whole));
        var (first, last) = (own[0].Year, own[^1].Year);
        var (low, high) = PlotFrame.Wide(Math.Min(0, mine.Values.Concat(theirs.Values).Min()), Math.Max(0, mine.Values.Concat(theirs.Values).Max()));
        var plot = new Plot(new PlotFrame(first - 0.5, last + 0.5, low, high, false, 500, 220), "Return by year of the strategy and of buy and hold");
        plot.Levels(Ticks.Linear(low, high, 4), v => HtmlText.Percent(v, "0."));
        var every = 1 + ((last - first) / 9);
        for (var year = first; year <= last; year++)
        {
            if (mine.TryGetValue(year, out var r)) plot.Bar(year - 0.4, theirs.Count == 0 ? year + 0.4 : year, 0, r, "own", $"{year}: {HtmlText.Percent(r)}");
            if (theirs.TryGetValue(year, out var h)) plot.Bar(year, year + 0.4, 0, h, "held", $"{year}, buy and hold: {HtmlText.Percent(h)}");
            if ((year - first) % every == 0) plot.Below(year, $"{year}");
        }

        page.Append("<section class=\"card\"><header><h2>Return by year</h2><span><span class=\"key\">strategy</span>")
            .Append(theirs.Count == 0 ? "" : "<span class=\"key held\">buy and hold</span>").Append($"</span></header>{plot.End()}</section>\n");
    }

    private static double Whole(IEnumerable<MonthlyReturn> months) => months.Aggregate(1.0, (whole, m) => whole * (1 + m.Return)) - 1;
}
