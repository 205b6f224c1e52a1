using System.Text;

namespace Mts.Engine.Reports;

/// <summary>How far each trade went against and in favour of its holder, and what became of it.</summary>
internal static class HtmlExcursions
{
    private const int Shown = 800;

    public static void Write(StringBuilder page, ReportContent content)
    {
        var (trades, excursions) = (content.Result.Trades, content.Analysis.Excursions);
        if (excursions.Count == 0) return;
        var every = 1 + ((content.Listed.Count - 1) / Shown);
        var shown = content.Listed.Where((_, k) => k % every == 0).ToList();
        page.Append($"<section class=\"card\"><header><h2>On the way</h2><small>the worst and the best that {HtmlText.Count(shown.Count)} {(shown.Count < trades.Count ? $"of {HtmlText.Count(trades.Count)} " : "")}trades saw between entry and exit, of the entry price</small></header><div class=\"split\"><div>");
        Scatter("Worst on the way, against the result", i => excursions[i].Adverse);
        page.Append("</div><div>");
        Scatter("Best on the way, against the result", i => excursions[i].Favourable);
        page.Append($"</div></div><p class=\"soft\">On the mean a trade went {HtmlText.Percent(content.Analysis.Trades.MeanAdverse)} against and {HtmlText.Percent(content.Analysis.Trades.MeanFavourable)} in favour. ")
            .Append("Winners that were deep under water first tell of a stop that is missing, losers that were far ahead of a target that is.</p></section>\n");

        void Scatter(string title, Func<int, double> of)
        {
            var results = shown.Select(i => Core.Performance.TradeFigures.Return(trades[i])).ToList();
            var (low, high) = PlotFrame.Wide(Math.Min(0, results.Min()), Math.Max(0, results.Max()));
            var far = Math.Max(shown.Max(of), 1e-4);
            var plot = new Plot(new PlotFrame(0, far * 1.03, low, high, false, 500, 240), $"{title}: one dot a trade");
            plot.Levels(Ticks.Linear(low, high, 5), v => HtmlText.Percent(v, "0.##"));
            foreach (var tick in Ticks.Linear(0, far, 4).Where(t => t > 0)) plot.Below(tick, HtmlText.Percent(tick, "0.##"));
            for (var k = 0; k < shown.Count; k++)
                plot.Dot(of(shown[k]), results[k], results[k] > 0 ? "won" : "lost", shown.Count > 300 ? "" : $"trade {shown[k] + 1}: {HtmlText.Percent(of(shown[k]))} on the way, result {HtmlText.Percent(results[k])}");
            page.Append($"<h3>{title}</h3>{plot.End()}");
        }
    }
}
