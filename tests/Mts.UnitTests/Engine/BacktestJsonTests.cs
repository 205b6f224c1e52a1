using System.Text.Json;
using Mts.Core.Signals;
using Mts.Engine;
using Mts.Engine.Reports;

namespace Mts.UnitTests.Engine;

public sealed class BacktestJsonTests
{
    private static readonly JsonElement Document = JsonDocument.Parse(BacktestJson.Write(Runs.Run(
        new Script().At(0, Direction.Long).At(1, Direction.Flat).At(2, Direction.Short), new BacktestOptions(),
        Runs.Days((100, 101, 99, 100), (100, 111, 99, 110), (110, 111, 109, 110), (110, 111, 109, 110))))).RootElement;

    [Fact]
    public void Holds_the_parts_of_the_contract() =>
        new[] { "run", "metrics", "trades", "open_positions", "equity", "warnings" }.ShouldBeSubsetOf(Document.EnumerateObject().Select(p => p.Name));

    [Fact]
    public void Holds_every_metric_by_its_name() =>
        new[]
        {
            "final_equity", "total_return", "cagr", "volatility", "sharpe", "sortino", "calmar", "max_drawdown", "max_drawdown_days", "trades", "win_rate",
            "profit_factor", "exposure", "turnover", "fees", "slippage_cost", "funding", "benchmark_return", "bars",
        }.ShouldBeSubsetOf(Document.GetProperty("metrics").EnumerateObject().Select(p => p.Name));

    [Fact]
    public void An_undefined_figure_is_null()
    {
        var metrics = Document.GetProperty("metrics");
        metrics.GetProperty("cagr").ValueKind.ShouldBe(JsonValueKind.Null); // four days
        metrics.GetProperty("profit_factor").ValueKind.ShouldBe(JsonValueKind.Null); // no loss
    }

    [Fact]
    public void A_trade_has_plain_decimals_and_times_in_UTC()
    {
        var trade = Document.GetProperty("trades")[0];
        trade.GetProperty("symbol").GetString().ShouldBe("BTC/USDT");
        trade.GetProperty("side").GetString().ShouldBe("long");
        trade.GetProperty("entry_price").GetRawText().ShouldBe("100.05");
        trade.GetProperty("exit_price").GetRawText().ShouldBe("109.945");
        trade.GetProperty("entry_time").GetString().ShouldBe("2024-01-02T00:00:00Z");
        trade.GetProperty("reason").GetString().ShouldBe("script");
    }

    [Fact]
    public void Equity_starts_with_the_capital()
    {
        var first = Document.GetProperty("equity")[0];
        (first[0].GetString(), first[1].GetRawText()).ShouldBe(("2024-01-01T00:00:00Z", "100000"));
    }

    [Fact]
    public void Refusals_are_counted_by_rule() =>
        Document.GetProperty("signals").GetProperty("refused").GetProperty("allow_short").GetInt32().ShouldBe(1);
}
