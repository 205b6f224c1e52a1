using System.Text;
using System.Text.Json;
using Mts.Core.Market;
using Mts.Core.Performance;
using Mts.Core.Trading;

namespace Mts.Engine.Reports;

/// <summary>The price of each market with the fills of the listed trades.</summary>
internal static class HtmlPrices
{
    private const int MarketsShown = 6;
    private const int Columns = 4_000;
    private const int MarksShown = 150;

    public static void Write(StringBuilder page, ReportContent content)
    {
        var result = content.Result;
        if (result.Market.Count == 0) return;
        var markets = result.Market.Select((_, i) => new Listed(i, [])).ToList();
        foreach (var trade in content.Listed) markets[result.Trades[trade].Instrument].Trades.Add(trade);
        var shown = markets.OrderByDescending(m => m.Trades.Count).Take(MarketsShown).OrderBy(m => m.Instrument).ToList();
        page.Append("<section class=\"card\" id=\"prices\"><header><h2>Prices and fills</h2><span><span class=\"key buys\">bought</span><span class=\"key sells\">sold</span></span></header>");
        foreach (var (instrument, trades) in shown) Market(page, content, instrument, trades, Columns / shown.Count);
        if (result.Market.Count > shown.Count) page.Append($"<p class=\"soft\">The {shown.Count} of {result.Market.Count} markets with the most trades.</p>");
        page.Append("</section>\n");
    }

    private static void Market(StringBuilder page, ReportContent content, int instrument, List<int> listed, int columns)
    {
        var (series, run, all) = (content.Result.Market[instrument], content.Result.Run, content.Result.Trades);
        var prices = PriceColumns.Of(series, series.LowerBound(run.Start), series.LowerBound(run.End), columns);
        if (prices.Times.Count == 0) return;
        var (low, high) = PlotFrame.Wide(prices.Lows.Min(), prices.Highs.Max());
        var id = $"price-{instrument}";
        var plot = new Plot(PlotFrame.OverTime(run.Start, run.End, low, high, isLog: low > 0, height: 280), $"Price of {series.Key.Symbol} with the fills", id);
        plot.Levels(Ticks.Log(low, high), v => HtmlCharts.Short(v, high - low)).Dates();
        plot.Band(Points(prices.Lows), Points(prices.Highs), "reach").Line(Points(prices.Closes), "price");
        if (listed.Count <= MarksShown)
        {
            foreach (var t in listed.Select(n => all[n]))
            {
                plot.Mark(t.EntryTime.Micros, (double)t.EntryPrice, t.Side == Side.Buy);
                plot.Mark(t.ExitTime.Micros, (double)t.ExitPrice, t.Side == Side.Sell);
            }
        }

        page.Append($"<h3>{HtmlText.Escape(series.Key.Symbol.ToString())}{(listed.Count > MarksShown ? $" <small>fills of {HtmlText.Count(listed.Count)} trades show when zoomed in</small>" : "")}{Joined(series, run, prices)}</h3><div class=\"plot\">{plot.End()}</div>");
        content.Data.AddTimes(id, prices.Times);
        content.Data.Add(id, id, 280, "price", w => Write(w, prices, listed, all));

        IReadOnlyList<EquityPoint> Points(IReadOnlyList<double> values) => [.. values.Select((v, i) => new EquityPoint(prices.Times[i], v))];
    }

    private static string Joined(BarSeries series, BacktestRun run, PriceColumns prices)
    {
        var bars = series.LowerBound(run.End) - series.LowerBound(run.Start);
        return bars > prices.Times.Count ? $" <small>{HtmlText.Count(bars)} bars joined to {HtmlText.Count(prices.Times.Count)}: first open, highest, lowest, last close</small>" : "";
    }

    private static void Write(Utf8JsonWriter w, PriceColumns prices, List<int> listed, IReadOnlyList<Trade> trades)
    {
        w.WriteBoolean("log", true);
        ChartData.Values(w, "open", prices.Opens);
        ChartData.Values(w, "high", prices.Highs);
        ChartData.Values(w, "low", prices.Lows);
        ChartData.Values(w, "close", prices.Closes);
        w.WriteStartArray("fills");
        foreach (var n in listed)
        {
            var t = trades[n];
            w.WriteStartArray();
            w.WriteNumberValue(n + 1);
            w.WriteNumberValue((int)t.Side);
            w.WriteNumberValue(t.EntryTime.Micros / 1_000_000);
            w.WriteNumberValue(t.EntryPrice);
            w.WriteNumberValue(t.ExitTime.Micros / 1_000_000);
            w.WriteNumberValue(t.ExitPrice);
            w.WriteNumberValue(Math.Round(t.Pnl, 2));
            w.WriteNumberValue(Math.Round(TradeFigures.Return(t), 6));
            w.WriteEndArray();
        }

        w.WriteEndArray();
    }

    // The listed trades of one market, as indices.
    private sealed record Listed(int Instrument, List<int> Trades);
}
