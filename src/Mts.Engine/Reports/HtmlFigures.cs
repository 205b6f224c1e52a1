using System.Text;
using Mts.Core.Performance;

namespace Mts.Engine.Reports;

/// <summary>The figures of the page: tiles, the table against the benchmark, trades and costs.</summary>
internal static class HtmlFigures
{
    public static void Tiles(StringBuilder page, ReportContent content)
    {
        var (m, i, held) = (content.Result.Metrics, content.Analysis.Intervals, content.Held);
        page.Append("<section class=\"tiles\" aria-label=\"Headline figures\">");
        Tile("Total return", HtmlText.Percent(m.TotalReturn), m.TotalReturn, Range(i?.TotalReturn, Whole), HtmlText.Percent(m.BenchmarkReturn));
        Tile("Return per year", HtmlText.Percent(m.Cagr), m.Cagr, Range(i?.Cagr, Whole), HtmlText.Percent(held?.Cagr));
        Tile("Deepest drawdown", HtmlText.Percent(-m.MaxDrawdown), -m.MaxDrawdown, Range(Negative(i?.MaxDrawdown), Whole), HtmlText.Percent(-held?.MaxDrawdown));
        Tile("Sharpe ratio", HtmlText.Number(m.Sharpe), m.Sharpe, Range(i?.Sharpe, Plain), HtmlText.Number(held?.Sharpe));
        page.Append("</section>\n");

        void Tile(string name, string value, double? tone, string range, string other) => page
            .Append($"<div class=\"tile\"><span>{name}</span><b class=\"{HtmlText.Tone(tone)}\">{value}</b>")
            .Append(i is null ? "" : $"<span>95&#8239;%: {range}</span>").Append($"<span>buy and hold {other}</span></div>");
    }

    public static void Table(StringBuilder page, ReportContent content)
    {
        var (m, i, c, own, held) = (content.Result.Metrics, content.Analysis.Intervals, content.Analysis.Curve, content.Own, content.Held);
        page.Append("<section class=\"card\"><header><h2>Strategy and benchmark</h2></header><div class=\"scroll\"><table><thead><tr><th></th><th>strategy</th><th>95&#8239;% interval</th><th>buy and hold</th></tr></thead><tbody>");
        Row($"Final equity, {content.Unit}", HtmlText.Money(m.FinalEquity), HtmlText.Money((decimal?)held?.Final));
        Row("Total return", HtmlText.Percent(m.TotalReturn), HtmlText.Percent(m.BenchmarkReturn), Range(i?.TotalReturn, Whole));
        Row("Return per year", HtmlText.Percent(m.Cagr), HtmlText.Percent(held?.Cagr), Range(i?.Cagr, Whole));
        Row("Volatility per year", HtmlText.Percent(m.Volatility), HtmlText.Percent(held?.Volatility));
        Row("Sharpe", HtmlText.Number(m.Sharpe), HtmlText.Number(held?.Sharpe), Range(i?.Sharpe, Plain));
        Row("Sortino", HtmlText.Number(m.Sortino), HtmlText.Number(held?.Sortino));
        Row("Calmar", HtmlText.Number(m.Calmar), HtmlText.Number(held?.Calmar));
        Row("Omega", HtmlText.Number(c.Omega), "");
        Row("Deepest drawdown", HtmlText.Percent(-m.MaxDrawdown), HtmlText.Percent(-held?.MaxDrawdown), Range(Negative(i?.MaxDrawdown), Whole));
        Row("Longest drawdown, days", HtmlText.Number(m.MaxDrawdownDays, "0.#"), HtmlText.Number(held?.LongestDays, "0.#"));
        Row("Days under water", HtmlText.Percent(c.TimeUnderWater, "0.#"), "");
        Row("Ulcer index", HtmlText.Percent(c.Ulcer), "");
        Row("Recovery factor", HtmlText.Number(content.Analysis.RecoveryFactor), "");
        Row("Value at risk, a day at 95&#8239;%", HtmlText.Percent(-c.ValueAtRisk), "");
        Row("… and the mean beyond it", HtmlText.Percent(-c.ConditionalValueAtRisk), "");
        Row("Best and worst day", $"{HtmlText.Percent(c.BestDay)}, {HtmlText.Percent(c.WorstDay)}", "");
        Row("Best and worst month", $"{HtmlText.Percent(own?.BestMonth)}, {HtmlText.Percent(own?.WorstMonth)}", $"{HtmlText.Percent(held?.BestMonth)}, {HtmlText.Percent(held?.WorstMonth)}");
        Row("Skew, kurtosis of days", $"{HtmlText.Number(c.Skew)}, {HtmlText.Number(c.Kurtosis)}", "");
        Row("Alpha per year, beta", $"{HtmlText.Percent(c.Alpha)}, {HtmlText.Number(c.Beta)}", "");
        Row("Information ratio, tracking error", $"{HtmlText.Number(c.InformationRatio)}, {HtmlText.Percent(c.TrackingError)}", "");
        Row("Probability of a true Sharpe above 0", HtmlText.Percent(c.ProbabilisticSharpe, "0.#"), "");
        Row("Days of record needed to trust it", HtmlText.Number(c.MinTrackRecordDays, "0."), "");
        Row("Bars in position", HtmlText.Percent(m.Exposure), held is null ? HtmlText.Percent(null) : "");
        page.Append("</tbody></table></div>").Append(i is null
            ? "<p class=\"soft\">No intervals: they take 20 days of returns.</p>"
            : $"<p class=\"soft\">Intervals: {HtmlText.Count(i.Resamples)} histories drawn from these days in blocks of {HtmlText.Number(i.BlockLength, "0.#")} days on the mean. They know the luck of this record, not the luck of choosing it.</p>");
        page.Append("</section>\n");

        void Row(string name, string value, string other, string range = "") => page.Append($"<tr><th>{name}</th><td>{value}</td><td class=\"soft\">{range}</td><td class=\"soft\">{other}</td></tr>");
    }

    public static void TradesAndCosts(StringBuilder page, ReportContent content)
    {
        var (m, t, costs, unit) = (content.Result.Metrics, content.Analysis.Trades, content.Analysis.Costs, content.Unit);
        page.Append("<section class=\"card\"><header><h2>Trades and costs</h2></header><table><tbody>");
        Row("Closed trades", HtmlText.Count(m.Trades));
        Row("Trades per day", HtmlText.Number(t.PerDay, "0.###"));
        Row("Won", HtmlText.Percent(m.WinRate));
        Row("Profit factor", HtmlText.Number(m.ProfitFactor));
        Row("Mean gain over mean loss", HtmlText.Number(t.Payoff));
        Row($"Mean result, {unit}", HtmlText.Number(m.Expectancy));
        Row("… in mean losses", HtmlText.Number(t.ExpectancyRatio));
        Row("System quality number", HtmlText.Number(t.SystemQuality));
        Row("Kelly fraction", HtmlText.Percent(t.Kelly, "0.#"));
        Row($"Best, worst, {unit}", $"{HtmlText.Money(t.Best)}, {HtmlText.Money(t.Worst)}");
        Row("Most wins, losses in a row", $"{HtmlText.Count(t.Streaks.Wins)}, {HtmlText.Count(t.Streaks.Losses)}");
        Row("Mean time held, days", HtmlText.Number(t.MeanDays, "0.##"));
        Row("… of winners, losers", $"{HtmlText.Number(t.MeanDaysWon, "0.##")}, {HtmlText.Number(t.MeanDaysLost, "0.##")}");
        Row("Turnover, × mean equity", HtmlText.Number(m.Turnover, "0.#"));
        foreach (var item in costs.Items) Row($"{char.ToUpperInvariant(item.Name[0])}{HtmlText.Escape(item.Name[1..])}, {unit}", HtmlText.Money(item.Amount));
        Row($"All costs, {unit}", HtmlText.Money(costs.Total));
        Row("… of the capital", HtmlText.Percent(costs.OfCapital));
        Row("… of what was traded", HtmlText.Percent(costs.PerTraded, "0.000"));
        Row("… of the gain before costs", HtmlText.Percent(costs.OfGrossGain, "0.#"));
        page.Append("</tbody></table></section>\n");

        void Row(string name, string value) => page.Append($"<tr><th>{name}</th><td>{value}</td></tr>");
    }

    private static ConfidenceInterval? Negative(ConfidenceInterval? fall) => fall is { } f ? new ConfidenceInterval(-f.High, -f.Low) : null;

    private static string Range(ConfidenceInterval? interval, Func<double, string> text) => interval is { } i ? $"{text(i.Low)} to {text(i.High)}" : HtmlText.Percent(null);

    private static string Whole(double value) => HtmlText.Percent(value, Math.Abs(value) < 0.1 ? "0.0" : "0.");

    private static string Plain(double value) => HtmlText.Number(value);
}
