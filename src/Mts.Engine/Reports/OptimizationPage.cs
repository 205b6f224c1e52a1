using System.Text;
using Mts.Engine.Optimization;

namespace Mts.Engine.Reports;

/// <summary>A search as one self-contained page: first how much of it may be luck, then what it found; equal from run to run.</summary>
public static class OptimizationPage
{
    public static string Write(OptimizationResult result)
    {
        var markets = string.Join(", ", result.Conditions.Series.Select(s => s.Key.Symbol.ToString()));
        var page = HtmlPage.Begin($"Search of {result.Space.Strategy} on {markets}");
        Head(page, result);
        Luck(page, result);
        HtmlLists.Warnings(page, result.Warnings);
        if (result.WalkForward is { } walk) ValidationPage.WalkForward(page, result, walk);
        if (result.CrossValidation is { } cross) ValidationPage.CrossValidation(page, result, cross);
        if (result.Plateau is { } plateau) PlateauPage.Write(page, result, plateau);
        Top(page, result);
        Words(page, result);
        return HtmlPage.End(page);
    }

    /// <summary>A table of finished cells.</summary>
    /// <param name="page">Where.</param>
    /// <param name="title">Of the card.</param>
    /// <param name="below">In small beside it.</param>
    /// <param name="heads">Of the columns, escaped.</param>
    /// <param name="rows">Escaped.</param>
    internal static void Table(StringBuilder page, string title, string below, IEnumerable<string> heads, IEnumerable<IEnumerable<string>> rows)
    {
        page.Append($"<section class=\"card\"><header><h2>{title}</h2><small>{below}</small></header><div class=\"scroll\"><table><thead><tr>");
        foreach (var head in heads) page.Append($"<th>{head}</th>");
        page.Append("</tr></thead><tbody>\n");
        foreach (var row in rows) page.Append("<tr>").AppendJoin("", row.Select(c => $"<td>{c}</td>")).Append("</tr>\n");
        page.Append("</tbody></table></div></section>\n");
    }

    internal static string Params(OptimizationResult result, IReadOnlyDictionary<string, string>? parameters) =>
        parameters is null ? "none keeps the constraints" : HtmlText.Escape(string.Join(", ", result.Space.Searched.Select(s => $"{s.Name} {parameters[s.Name]}")));

    private static void Head(StringBuilder page, OptimizationResult result)
    {
        page.Append($"<h1>Search of {HtmlText.Escape(result.Space.Strategy)}</h1><ul class=\"chips\">");
        foreach (var series in result.Conditions.Series) Chip(series.Key.ToString());
        Chip($"{HtmlText.Time(result.Conditions.Start)} to {HtmlText.Time(result.Conditions.End)}");
        Chip($"{OptimizationJson.Word(result.Options.Method)}, objective {result.Options.Goal.Name}");
        foreach (var constraint in result.Options.Goal.Constraints) Chip(constraint.ToString());
        page.Append("</ul>\n");

        void Chip(string text) => page.Append($"<li>{HtmlText.Escape(text)}</li>");
    }

    private static void Luck(StringBuilder page, OptimizationResult result)
    {
        page.Append("<section class=\"tiles\">");
        Tile("Trials", HtmlText.Count(result.Trials), $"{HtmlText.Count(result.Ledger.Ever)} ever on this data");
        Tile("Deflated Sharpe", HtmlText.Number(result.DeflatedSharpe, "0.000"), "probability that the best is better than nothing; trust it above 0.95");
        Tile("Overfitting", HtmlText.Percent(result.ProbabilityOfOverfitting, "0"), "how often the best of one half fails in the other; noise is 50&#8239;%");
        Tile("Sharpe of the best", HtmlText.Number(result.Best?.Metrics.Sharpe), result.Interval is { } i ? $"95&#8239;%: {HtmlText.Number(i.Low)} to {HtmlText.Number(i.High)}" : "no interval");
        page.Append("</section>\n");

        void Tile(string name, string value, string below) => page.Append($"<div class=\"tile\"><span>{name}</span><b>{value}</b><span>{below}</span></div>");
    }

    private static void Top(StringBuilder page, OptimizationResult result) => Table(
        page, "The best trials", $"{(result.Top.Count < result.Trials ? $"{HtmlText.Count(result.Top.Count)} shown; " : "")}{HtmlText.Count(result.Feasible)} of {HtmlText.Count(result.Trials)} keep the constraints",
        [.. result.Space.Searched.Select(s => HtmlText.Escape(s.Name)), HtmlText.Escape(result.Options.Goal.Name), "Sharpe", "Sortino", "Calmar", "total return", "deepest drawdown", "trades", "run"],
        result.Top.Select((t, i) => (IEnumerable<string>)[
            .. result.Space.Searched.Select(s => HtmlText.Escape(t.Run.Strategies[0].Parameters[s.Name])), HtmlText.Number(result.Objectives[i], "0.000") + (i < result.Feasible ? "" : " (breaks a constraint)"),
            HtmlText.Number(t.Metrics.Sharpe), HtmlText.Number(t.Metrics.Sortino), HtmlText.Number(t.Metrics.Calmar), HtmlText.Percent(t.Metrics.TotalReturn), HtmlText.Percent(-t.Metrics.MaxDrawdown), HtmlText.Count(t.Metrics.Trades), t.Run.Id]));

    private static void Words(StringBuilder page, OptimizationResult result) => page
        .Append("<section class=\"card\"><header><h2>How to read this</h2></header><ul class=\"words\">")
        .Append("<li>The best of many trials looks good in noise too. The deflated Sharpe ratio asks how probable it is that the best is better than what luck alone would have found among all trials ever made (Bailey and López de Prado, 2014).</li>")
        .Append("<li>The probability of overfitting cuts the time into blocks and asks how often the best of one half is no better than the median in the other (Bailey, Borwein, López de Prado and Zhu, 2015).</li>")
        .Append("<li>The interval of the Sharpe ratio knows the length and the shape of the record, and nothing of the choice among many.</li>")
        .Append($"<li>Every figure of a trial is that of <code>mts backtest</code> with its parameters, under the same run id. This is search {result.Id}, data {result.Conditions.DataHash[..16]}, version {HtmlText.Escape(result.Conditions.Version)}.</li></ul></section>\n");
}
