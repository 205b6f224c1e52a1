using System.Text;
using Mts.Engine.Optimization;
using Mts.Engine.Optimization.Validating;

namespace Mts.Engine.Reports;

/// <summary>What a search was worth on data that it did not see, as parts of its page.</summary>
internal static class ValidationPage
{
    public static void WalkForward(StringBuilder page, OptimizationResult result, WalkForwardResult walk)
    {
        var o = walk.OutOfSample;
        page.Append("<section class=\"card\"><header><h2>Out of sample</h2><small>the test stretches one after the other, each with the capital that those before left</small></header>")
            .Append($"<p>Return {HtmlText.Percent(o.TotalReturn)}, Sharpe {HtmlText.Number(o.Sharpe)}, deepest drawdown {HtmlText.Percent(-o.MaxDrawdown)}, {HtmlText.Count(o.Trades)} trades. ")
            .Append($"{HtmlText.Percent(walk.Winning, "0")} of the stretches gained. Walk-forward efficiency {HtmlText.Number(walk.Efficiency)}: the growth per year out of sample over that in sample; 0.5 and more is robust (Pardo, 2008).</p>")
            .Append("<div class=\"plot\">").Append(HtmlCharts.Equity(walk.Equity, [], isLog: true)).Append("</div></section>\n");
        OptimizationPage.Table(
            page, "Folds", "searched on the train stretch, traded on the test stretch", ["train", "test", "best", "objective in", "out", "growth per year in", "out", "efficiency", "trades out"],
            walk.Folds.Select(f => (IEnumerable<string>)[
                Days(f.Train), Days(f.Test), OptimizationPage.Params(result, f.InSample?.Run.Strategies[0].Parameters), HtmlText.Number(f.InSampleObjective), HtmlText.Number(f.OutOfSampleObjective),
                HtmlText.Percent(f.InSampleGrowth), HtmlText.Percent(f.OutOfSampleGrowth), HtmlText.Number(f.Efficiency), f.OutOfSample is { } t ? HtmlText.Count(t.Metrics.Trades) : ""]));
    }

    public static void CrossValidation(StringBuilder page, OptimizationResult result, CrossValidationResult cross)
    {
        page.Append("<section class=\"card\"><header><h2>Out of sample</h2><small>cross-validation over groups of days</small></header>")
            .Append($"<p>{HtmlText.Count(cross.Paths.Count)} histories out of sample: mean Sharpe {HtmlText.Number(cross.MeanSharpe)}, deviation {HtmlText.Number(cross.SharpeDeviation)}; {HtmlText.Percent(cross.LosingPaths, "0")} of them lose. ")
            .Append($"{cross.PurgeDays} days were dropped from each search before what was kept out, {cross.EmbargoDays} after it (López de Prado, 2018, chapters 7 and 12).</p></section>\n");
        OptimizationPage.Table(
            page, "Histories", "each made of one kept-out run of every group", ["", "Sharpe", "return", "per year", "deepest drawdown", "trades"],
            cross.Paths.Select((p, i) => (IEnumerable<string>)[$"{i + 1}", HtmlText.Number(p.Sharpe), HtmlText.Percent(p.TotalReturn), HtmlText.Percent(p.Cagr), HtmlText.Percent(-p.MaxDrawdown), HtmlText.Count(p.Trades)]));
        OptimizationPage.Table(
            page, "Splits", "searched on the other groups", ["kept out", "train days", "best", "objective in", "out", "Sharpe out", "return out"],
            cross.Splits.Select(s => (IEnumerable<string>)[
                string.Join("<br>", s.TestGroups.Select(g => Days(cross.Groups[g]))), HtmlText.Count(s.TrainDays), OptimizationPage.Params(result, s.Parameters),
                HtmlText.Number(s.InSampleObjective), HtmlText.Number(s.OutOfSampleObjective), HtmlText.Number(s.OutOfSample?.Sharpe), HtmlText.Percent(s.OutOfSample?.TotalReturn)]));
    }

    private static string Days(Stretch stretch) => $"{HtmlText.Time(stretch.Start)} to {HtmlText.Time(stretch.End)}";
}
