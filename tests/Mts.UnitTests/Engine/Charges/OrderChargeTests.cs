using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine;
using Mts.Engine.Charges;
using static Mts.UnitTests.Engine.OrderScript;

namespace Mts.UnitTests.Engine.Charges;

/// <summary>What orders are charged, and what liquidation does beside them; worked out by hand.</summary>
public sealed class OrderChargeTests
{
    private static readonly MarginTable Table = new("t", 0, [new(0, 0.005m, 100)]);

    [Fact]
    public void A_limit_that_rests_pays_the_maker_and_one_that_takes_the_taker()
    {
        var options = Runs.Free with { FeeBps = 10, Costs = new CostOptions { MakerBps = 2 } };
        Fees(95).ShouldBe((1.9m, 0m)); // 100 × 95 at 2 bps
        Fees(101).ShouldBe((0m, 10m)); // 100 × 100 at 10 bps

        (decimal Maker, decimal Taker) Fees(decimal limit)
        {
            var script = new OrderScript().At(0, BuyLimit(100, limit));
            script.Fills(options, (100, 101, 99, 100), (100, 101, 90, 100), (100, 101, 99, 100));
            return (script.Result.Metrics.FeesMaker, script.Result.Metrics.FeesTaker);
        }
    }

    [Fact]
    public void An_order_below_the_least_notional_is_rejected()
    {
        var options = Runs.Free with { Costs = new CostOptions { Rules = [new RuleHistory([new(default, 0.01m, 0.5m, 1_000)])] } };
        var script = new OrderScript().At(0, Buy(9.9m)).At(0, Buy(10.9m));
        script.Fills(options, (100, 101, 99, 100), (100, 101, 99, 100), (100, 101, 99, 100)).ShouldBe(["1: buy 10.5 @ 100"]);
        script.Told.ShouldBe(["1 Rejected min_notional", "2 Filled 10.5 @ 100"]);
    }

    [Theory]
    [InlineData(95, "stop")] // on the way down the stop order comes first
    [InlineData(85, "liquidation")] // (5,000 − 50,000) / (500 × (0.005 − 1)) = 90.452261306…
    public void A_position_of_orders_is_liquidated_along_the_path_of_the_bar(decimal stop, string reason)
    {
        var script = new OrderScript().At(0, Buy(500)).At(1, SellStop(500, stop) with { ReduceOnly = true });
        var result = Runs.Run(script, Options(), Perpetual((100, 101, 99, 100), (100, 101, 99, 100), (100, 101, 80, 100), (100, 101, 99, 100)));
        var trade = result.Trades.ShouldHaveSingleItem();
        trade.ExitPrice.ShouldBe(reason == "stop" ? 95m : 90.45226131m);
        if (reason == "liquidation") trade.Reason.ShouldBe(reason);
        result.Metrics.Liquidations.ShouldBe(reason == "stop" ? 0 : 1);
    }

    [Fact]
    public void An_order_for_more_than_the_margin_pays_is_rejected_on_either_side()
    {
        // 10,000 at ten times hold 1,000 from 100 on.
        foreach (var side in (Side[])[Side.Buy, Side.Sell])
        {
            var script = new OrderScript().At(0, new OrderRequest { Instrument = 0, Side = side, Quantity = 1_001 }).At(1, new OrderRequest { Instrument = 0, Side = side, Quantity = 1_000 });
            var result = Runs.Run(script, Options(), Perpetual((100, 101, 99, 100), (100, 101, 99, 100), (100, 101, 99, 100)));
            script.Told.ShouldBe(["1 Rejected cash", "2 Filled 1000 @ 100"]);
            result.OpenPositions.ShouldHaveSingleItem().Quantity.ShouldBe(1_000m);
        }
    }

    [Fact]
    public void A_fraction_of_equity_may_be_as_large_as_the_leverage_on_margin_only()
    {
        var order = new OrderRequest { Instrument = 0, Side = Side.Buy, EquityFraction = 4 };
        var series = Perpetual((100, 101, 99, 100), (100, 101, 99, 100));
        Runs.Run(new OrderScript().At(0, order), Options(), series).OpenPositions.ShouldHaveSingleItem().Quantity.ShouldBe(400m);
        Should.Throw<StrategyException>(() => Runs.Run(new OrderScript().At(0, order), Runs.Free, series)).Message.ShouldContain("fraction 4, allowed is above 0 to 1");
    }

    private static BarSeries Perpetual(params (double Open, double High, double Low, double Close)[] bars) => Runs.Bars("BTC/USDT:USDT", Interval.Day, bars);

    private static BacktestOptions Options() => Runs.Free with { Capital = 10_000, Costs = new CostOptions { Margin = new MarginOptions(MarginMode.Isolated, 10, 1, [Table]) } };
}
