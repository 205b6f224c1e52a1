using System.Globalization;
using System.Text;
using Mts.Engine.Analytics;

namespace Mts.Engine.Reports;

/// <summary>Exposure and turnover, month by month.</summary>
internal static class HtmlActivity
{
    private const int MostMonths = 240;

    public static void Write(StringBuilder page, ReportContent content)
    {
        if (content.Result.Trades.Count + content.Result.OpenPositions.Count == 0) return;
        var months = MonthlyActivity.Of(content.Result, content.Analysis.Daily);
        if (months.Count is < 2 or > MostMonths) return;
        page.Append("<section class=\"card\"><header><h2>How much it was in the market</h2><small>by month</small></header><div class=\"split\"><div>");
        Bars("Share of time in a position", 1, m => m.Exposure, v => HtmlText.Percent(v, "0."));
        page.Append("</div><div>");
        Bars("Turnover, × mean equity", Math.Max(0.01, months.Max(m => m.Turnover)), m => m.Turnover, v => HtmlText.Number(v, "0.##"));
        page.Append("</div></div></section>\n");

        void Bars(string title, double top, Func<MonthlyActivity, double> of, Func<double, string> text)
        {
            var plot = new Plot(PlotFrame.OverTime(months[0].Month, months[^1].End, 0, top, width: 500, height: 160), $"{title}, by month");
            plot.Levels(Ticks.Linear(0, top, 4), text).Dates();
            foreach (var m in months.Where(m => of(m) > 0))
                plot.Bar(m.Month.Micros, m.End.Micros, 0, of(m), "own", $"{m.Month.ToDateTimeOffset().ToString("MMM yyyy", CultureInfo.InvariantCulture)}: {text(of(m))}");
            page.Append($"<h3>{title}</h3>{plot.End()}");
        }
    }
}
