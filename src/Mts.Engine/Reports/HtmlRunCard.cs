using System.Text;
using Mts.Core.Market;

namespace Mts.Engine.Reports;

/// <summary>What the run was made of, and what it takes for granted.</summary>
internal static class HtmlRunCard
{
    public static void Assumptions(StringBuilder page, BacktestRun run)
    {
        var o = run.Options;
        page.Append("<section class=\"card\"><header><h2>What this takes for granted</h2></header><ul class=\"words\">");
        Say($"A signal at the close of a bar is filled at the open of the next one, {Bps(o.SlippageBps)} worse than its price, with a fee of {Bps(o.FeeBps)} of the value on each side.");
        Say("Stops and targets act inside a bar; where the bar does not tell which came first, it was the worse one. A gap through the stop fills at the open.");
        Say(o.Lots is null ? "Quantities are rounded down to eight decimals, and every order is filled whole." : "Quantities are rounded down to the lot, and every order is filled whole.");
        Say(run.Series.Any(s => s.Key.Symbol.IsPerpetual)
            ? "Perpetuals pay and receive funding where its rates are known; margin calls and liquidation are not simulated."
            : o.AllowShort ? "Shorts are allowed and owe what they sold; interest on what is borrowed is not charged." : "Spot only: nothing is sold short.");
        Say("Rates per year count 365 days, deviations are those of the sample of daily returns, the risk-free rate is 0.");
        Say("Buy and hold buys each market with an equal share at the open of its second bar, at the same costs.");
        Say("This is what would have happened under these assumptions. It is not what will happen.");
        page.Append("</ul></section>\n");

        void Say(string sentence) => page.Append($"<li>{sentence}</li>");
    }

    public static void Run(StringBuilder page, BacktestRun run)
    {
        var o = run.Options;
        page.Append("<section class=\"card\"><header><h2>The run</h2></header><dl>");
        foreach (var s in run.Strategies) Row("strategy", s.Parameters.Count == 0 ? s.Name : $"{s.Name} ({string.Join(", ", s.Ordered().Select(p => $"{p.Name} {p.Value}"))})");
        foreach (var s in run.Series) Row("data", $"{s.Key}: {s.Bars:#,##0} bars, {Time(s.First)} to {Time(s.Last)}");
        Row("period", $"{HtmlText.Time(run.Start)} to {HtmlText.Time(run.End)}, UTC");
        Row("capital", JsonFigures.Plain(o.Capital));
        Row("costs", $"fee {JsonFigures.Plain(o.FeeBps)} bps, slippage {JsonFigures.Plain(o.SlippageBps)} bps");
        if (o.Lots is { } lots) Row("lots", string.Join(", ", lots.Select(JsonFigures.Plain)));
        if (o.WarmUp > 0) Row("warm-up", $"{o.WarmUp} bars");
        Row("limits", run.Limits is { } l ? $"position {l.MaxPosition:0.##}, asset {l.MaxAssetExposure:0.##}, total {l.MaxTotalExposure:0.##}, drawdown {l.MaxDrawdown:0.##}, daily loss {l.MaxDailyLoss:0.##} of equity" : "none");
        if (run.Aggregator is { } a) Row("aggregator", $"{a.Rule}, {string.Join(", ", a.Weights.OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => $"{w.Key} {w.Value:0.###}"))}");
        Row("seed", $"{o.Seed}");
        Row("run id", run.Id);
        Row("data hash", run.DataHash);
        Row("version", run.Version);
        page.Append("</dl></section>\n");

        void Row(string name, string value) => page.Append($"<dt>{name}</dt><dd>{HtmlText.Escape(value)}</dd>");
    }

    private static string Time(Timestamp? time) => time is { } t ? HtmlText.Time(t) : "n/a";

    private static string Bps(decimal value) => $"{JsonFigures.Plain(value / 100)}&#8239;%";
}
