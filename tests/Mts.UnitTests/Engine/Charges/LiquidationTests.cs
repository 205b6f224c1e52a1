using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine;
using Mts.Engine.Charges;

namespace Mts.UnitTests.Engine.Charges;

/// <summary>10,000 hold 500 from 100 on: five times as much, worked out by hand.</summary>
public sealed class LiquidationTests
{
    private static readonly MarginTable Table = new("t", 10, [new(0, 0.005m, 100), new(1_000_000, 0.05m, 5)]);

    [Fact]
    public void An_isolated_long_is_taken_where_its_margin_falls_to_maintenance()
    {
        // A tenth of 50,000 stands behind it: (5,000 − 50,000) / (500 × (0.005 − 1)) = 90.452261306… A thousandth of what is liquidated is the fee.
        var result = Run(Five(), MarginMode.Isolated, (100, 101, 90, 95));
        var trade = result.Trades.ShouldHaveSingleItem();
        (trade.Reason, trade.ExitPrice, trade.ExitTime).ShouldBe(("liquidation", 90.45226131m, result.Run.Start + TimeSpan.FromDays(1)));
        result.Metrics.FinalEquity.ShouldBe(10_000m + 45_226.130655m - 50_000m - 45.22613066m);
        (result.Metrics.LiquidationFees, result.Metrics.Liquidations, result.Metrics.FeesTaker).ShouldBe((45.22613066m, 1, 0m));
        result.Warnings.ShouldContain(w => w.Contains("a long was liquidated"));
    }

    [Fact]
    public void A_price_just_above_leaves_it() => Run(Five(), MarginMode.Isolated, (100, 101, 90.4523, 95)).Trades.ShouldBeEmpty();

    [Fact]
    public void A_short_is_taken_above()
    {
        // (5,000 + 50,000) / (500 × 1.005) = 109.452736318…
        var trade = Run(Five(Direction.Short), MarginMode.Isolated, (100, 110, 99, 100)).Trades.ShouldHaveSingleItem();
        (trade.Reason, trade.ExitPrice).ShouldBe(("liquidation", 109.45273631m));
        Run(Five(Direction.Short), MarginMode.Isolated, (100, 109.45, 99, 100)).Trades.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(95, 120, "stop", 95)] // on the way down the stop comes first
    [InlineData(90.2, 120, "liquidation", 90.45226131)]
    [InlineData(80, 101, "liquidation", 90.45226131)] // before the target, which the same bar reaches
    public void Inside_a_bar_the_adverse_comes_first_along_its_path(double stop, double target, string reason, double price)
    {
        var trade = Run(Five(with: s => s.With(5, stop, target)), MarginMode.Isolated, (100, 102, 90, 95)).Trades.ShouldHaveSingleItem();
        (trade.Reason, trade.ExitPrice).ShouldBe((reason, (decimal)price));
    }

    [Fact]
    public void A_gap_costs_the_margin_and_no_more()
    {
        // From 100 to 70 in one step: 500 lose 15,000, and 5,000 were behind them.
        var result = Run(Five(), MarginMode.Isolated, (100, 101, 99, 100), (70, 75, 65, 70));
        result.Metrics.FinalEquity.ShouldBe(5_000m);
        result.Trades.ShouldHaveSingleItem().ExitPrice.ShouldBe(90m); // bankruptcy
        result.Warnings.ShouldContain(w => w.Contains("did not suffice"));
    }

    [Fact]
    public void A_position_of_a_higher_tier_is_reduced_to_the_tier_below_and_goes_on_with_what_is_left()
    {
        // 1,000 from 100, 10,000 behind them; from 50,000 on 1 %, less 250 so that the tiers join: (10,000 + 250 − 100,000) / (1,000 × (0.01 − 1)) = 90.656565656…
        // 551 are worth 49,951.77 there, 552 more than 50,000: 449 go, lose 449 × 9.34343434 = 4,195.20201866 and pay a thousandth of 40,704.79798134.
        var (result, left) = (Tiered((100, 101, 90, 95)), 10_000m - 4_195.20201866m - 40.70479798m);
        var trade = result.Trades.ShouldHaveSingleItem();
        (trade.Reason, trade.Quantity, trade.ExitPrice, trade.Pnl).ShouldBe(("liquidation", 449m, 90.65656566m, -4_195.20201866m - 40.70479798m));
        result.OpenPositions.ShouldHaveSingleItem().Quantity.ShouldBe(551m);
        (result.Metrics.Liquidations, result.Metrics.LiquidationFees).ShouldBe((1, 40.70479798m));
        result.Warnings.ShouldContain(w => w.Contains("a long was reduced to the margin tier below, by a liquidation"));

        // What is left stands behind the rest, in the first tier: (5,764.09318336 − 55,100) / (551 × (0.005 − 1)).
        var second = decimal.Ceiling((left - 55_100m) / (551m * (0.005m - 1m)) * 100_000_000m) / 100_000_000m;
        second.ShouldBe(89.98879m, 0.00001m);
        Tiered((100, 101, 89.9888, 95)).OpenPositions.ShouldHaveSingleItem();
        var whole = Tiered((100, 101, 89.9887, 95));
        whole.OpenPositions.ShouldBeEmpty();
        whole.Trades.Select(t => (t.Quantity, t.ExitPrice)).ShouldBe([(449m, 90.65656566m), (551m, second)]);
        // It has cost what stood behind it, but for the maintenance of the last step less its fee.
        whole.Metrics.FinalEquity.ShouldBe(20_000m - 10_000m + left - (551m * (100m - second)) - decimal.Round(551m * second / 1_000m, 8), 0.0000001m);
    }

    [Fact]
    public void A_gap_beyond_the_margin_takes_a_position_of_a_higher_tier_whole()
    {
        var result = Tiered((100, 101, 99, 100), (89, 90, 88, 89));
        result.Trades.ShouldHaveSingleItem().Quantity.ShouldBe(1_000m);
        result.Metrics.FinalEquity.ShouldBe(10_000m);
    }

    [Fact]
    public void With_orders_beside_it_the_steps_are_the_same()
    {
        var bars = new[] { (100.0, 101.0, 90.0, 95.0), (95, 96, 89.9, 91) };
        var plain = Tiered(bars);
        // Latency that changes nothing leads along the path of orders.
        var series = Perpetual("BTC/USDT:USDT", [.. bars]);
        var walked = Runs.Run(Five(), TieredOptions with { Execution = new ExecutionOptions { VolumeShare = 1 } }, BarSeries.From(series.Key, true, [.. Enumerable.Range(0, series.Length).Select(i => series[i] with { Volume = 1_000_000 })]));
        walked.Trades.Select(t => (t.Quantity, t.ExitPrice, t.ExitTime)).ShouldBe(plain.Trades.Select(t => (t.Quantity, t.ExitPrice, t.ExitTime)));
        walked.Metrics.FinalEquity.ShouldBe(plain.Metrics.FinalEquity);
        plain.Trades.Count.ShouldBe(2);
    }

    [Fact]
    public void Tables_are_those_that_were_in_force()
    {
        // From the third day on maintenance is 5 % and not 0.5 %: (5,000 − 50,000) / (500 × (0.05 − 1)) = 94.736842105…
        var (first, second) = (Runs.Start + TimeSpan.FromDays(-1), Runs.Start + TimeSpan.FromDays(2));
        var table = new MarginTable("t", 10, [new(0, 0.005m, 100)]) { From = first, Later = [new MarginTable("t", 0, [new(0, 0.05m, 20)]) { From = second }] };
        var result = Runs.Run(Five(), With(table), Perpetual("BTC/USDT:USDT", (100, 101, 94, 100), (100, 101, 94, 100)));
        var trade = result.Trades.ShouldHaveSingleItem();
        (trade.ExitTime, trade.ExitPrice).ShouldBe((second, 94.73684211m));
        result.Metrics.LiquidationFees.ShouldBe(0m);
        result.Warnings.ShouldNotContain(w => w.Contains("margin tiers"));

        var later = table with { From = first + TimeSpan.FromDays(3), Later = [] };
        Runs.Run(Five(), With(later), Perpetual("BTC/USDT:USDT", (100, 101, 94, 100))).Warnings.ShouldContain(w => w.Contains("the margin tiers of t are known from 2024-01-03 on; those of that day were assumed before it"));

        static BacktestOptions With(MarginTable table) => Runs.Free with { Capital = 10_000, Costs = new CostOptions { Margin = new MarginOptions(MarginMode.Isolated, 10, 1, [table]) } };
    }

    [Fact]
    public void Where_mark_prices_are_given_they_decide()
    {
        var series = Perpetual("BTC/USDT:USDT", (100, 101, 80, 95), (95, 96, 92, 95));
        var marks = Perpetual("BTC/USDT:USDT", (100, 101, 91, 95), (95, 96, 90, 95));
        // The wick of trades to 80 takes nothing, since the mark price stayed at 91; a day later it falls to 90, and the market is at 92 at the lowest.
        var trade = Marked(marks).Trades.ShouldHaveSingleItem();
        (trade.ExitTime, trade.ExitPrice).ShouldBe((series[2].OpenTime, 92m));
        Marked(marks).Warnings.ShouldNotContain(w => w.Contains("traded prices"));
        Marked(null).Trades.ShouldHaveSingleItem().ExitTime.ShouldBe(series[1].OpenTime);
        Marked(null).Warnings.ShouldContain(w => w.Contains("liquidation was looked for at traded prices"));

        // Where one is missing the trades are looked at, and that is told.
        var holed = Marked(BarSeries.From(marks.Key, true, [marks[0], marks[2]]));
        holed.Trades.ShouldHaveSingleItem().ExitTime.ShouldBe(series[1].OpenTime);
        holed.Warnings.ShouldContain(w => w.Contains("the mark price is not known; traded prices were looked at (at 2024-01-02"));

        BacktestResult Marked(BarSeries? bars)
        {
            var inputs = Runs.Inputs(series);
            return Runs.Run(Five(), Options(MarginMode.Isolated), inputs with { Instruments = [inputs.Instruments[0] with { Marks = bars }] });
        }
    }

    // Capital 20,000, five times as much is 100,000: 1,000 from 100 on.
    private static readonly BacktestOptions TieredOptions = Runs.Free with
    {
        Capital = 20_000, Lots = [1], Costs = new CostOptions { Margin = new MarginOptions(MarginMode.Isolated, 10, 1, [new MarginTable("t", 10, [new(0, 0.005m, 100), new(50_000, 0.01m, 50)])]) },
    };

    private static BacktestResult Tiered(params (double Open, double High, double Low, double Close)[] bars) => Runs.Run(Five(), TieredOptions, Perpetual("BTC/USDT:USDT", bars));

    [Fact]
    public void A_gap_comes_before_the_orders_of_its_open() =>
        Run(Five().At(1, Direction.Flat), MarginMode.Isolated, (100, 101, 99, 100), (80, 85, 75, 80)).Trades.ShouldHaveSingleItem().Reason.ShouldBe("liquidation");

    [Fact]
    public void In_cross_mode_the_whole_wallet_stands_behind_it()
    {
        // (10,000 − 50,000) / (500 × (0.005 − 1)) = 80.402010050…
        Run(Five(), MarginMode.Cross, (100, 101, 81, 95)).Trades.ShouldBeEmpty();
        Run(Five(), MarginMode.Cross, (100, 101, 80, 95)).Trades.ShouldHaveSingleItem().ExitPrice.ShouldBe(80.40201006m);
        Run(Five(), MarginMode.Cross, (100, 101, 99, 100), (50, 50, 50, 50)).Metrics.FinalEquity.ShouldBe(0m);
    }

    [Fact]
    public void In_cross_mode_the_others_count_with_their_gains_and_their_maintenance()
    {
        // 200 from 100 and 100 short from 100, the wallet 10,000. The short has lost 1,000 when the second bar opens at 110 and holds 55 of maintenance:
        // (10,000 − 1,000 − 55 − 20,000) / (200 × (0.005 − 1)) = 55.552763819…
        var (a, b) = (Perpetual("BTC/USDT:USDT", (100, 101, 99, 100), (100, 101, 55.6, 100), (100, 101, 55.5, 100)), Perpetual("ETH/USDT:USDT", (100, 101, 99, 100), (110, 110.2, 109, 110), (110, 110.2, 109, 110)));
        var script = new Script().At(0, Direction.Long, s => s.With(2)).At(0, Direction.Short, s => s.With(1), 1);
        var result = Runs.Run(script, Options(MarginMode.Cross), a, b);
        var trade = result.Trades.ShouldHaveSingleItem();
        (trade.Symbol, trade.ExitTime, trade.ExitPrice).ShouldBe(("BTC/USDT:USDT", a[3].OpenTime, 55.55276382m));
    }

    [Theory]
    [InlineData(104, 52.52261307)] // the short has lost 400 and holds 52: (10,000 − 400 − 52 − 20,000) / (200 × (0.005 − 1)) = 52.522613065…
    [InlineData(120, 60.60301508)] // 2,000 and 60: 12,060 / 199 = 60.603015075…
    [InlineData(0, 55.55276382)] // not known: as the trades say, 1,000 and 55
    public void In_cross_mode_the_others_are_valued_at_their_mark_prices(double mark, double price)
    {
        // As above: 200 from 100 and 100 short from 100, the short's market trades at 110; its mark price is another one.
        var (a, b) = (Perpetual("BTC/USDT:USDT", (100, 101, 99, 100), (100, 101, 61, 100), (100, 101, 50, 100)), Perpetual("ETH/USDT:USDT", (100, 101, 99, 100), (110, 110.2, 109, 110), (110, 110.2, 109, 110)));
        var m = mark > 0 ? mark : 110;
        var marks = Perpetual("ETH/USDT:USDT", (100, 101, 99, 100), (m, m, m, m), (m, m, m, m));
        if (mark == 0) marks = BarSeries.From(marks.Key, true, [marks[0], marks[1], marks[2]]);
        var inputs = Runs.Inputs(a, b);
        var result = Runs.Run(
            new Script().At(0, Direction.Long, s => s.With(2)).At(0, Direction.Short, s => s.With(1), 1), Options(MarginMode.Cross),
            inputs with { Instruments = [inputs.Instruments[0], inputs.Instruments[1] with { Marks = marks }] });
        var trade = result.Trades.ShouldHaveSingleItem();
        (trade.Symbol, trade.ExitTime, trade.ExitPrice).ShouldBe(("BTC/USDT:USDT", a[3].OpenTime, (decimal)price));
        result.Warnings.ShouldContain("BTC/USDT:USDT: in its cross account the position was valued at traded prices, beside others at mark prices; --mark BTC/USDT:USDT=FILE gives its own");
        result.Warnings.Contains("ETH/USDT:USDT: the mark price is not known; in its account the position was valued at the last traded price (at 2024-01-04T00:00:00Z)").ShouldBe(mark == 0);
    }

    [Fact]
    public void In_cross_mode_mark_prices_say_what_is_free()
    {
        // 200 from 100, marked at 90: of 10,000 − 2,000 are 18,000 / 10 bound, and 6,200 pay for 620 at 100. At the traded price of 100 it were 10,000 − 2,000, and 800.
        Opened(90).ShouldBe(620m);
        Opened(100).ShouldBe(800m);

        decimal Opened(double mark)
        {
            var inputs = Runs.Inputs(
                Perpetual("BTC/USDT:USDT", (100, 101, 99, 100), (100, 101, 99, 100)), Perpetual("ETH/USDT:USDT", (100, 101, 99, 100), (100, 101, 99, 100)));
            var marks = Perpetual("BTC/USDT:USDT", (100, 101, 99, 100), (mark, 101, 90, 100));
            var script = new Script().At(0, Direction.Long, s => s.With(2)).At(1, Direction.Long, s => s.With(10), 1);
            var result = Runs.Run(script, Options(MarginMode.Cross), inputs with { Instruments = [inputs.Instruments[0] with { Marks = marks }, inputs.Instruments[1]] });
            return result.OpenPositions.Single(p => p.Symbol == "ETH/USDT:USDT").Quantity;
        }
    }

    [Fact]
    public void Funding_that_the_wallet_cannot_pay_eats_the_isolated_margin()
    {
        // Ten times all there is; a settlement takes 0.5 % of 100,000 from the margin of 10,000: (9,500 − 100,000) / (1,000 × −0.995) = 90.954773869…
        var series = Perpetual("BTC/USDT:USDT", (100, 101, 99, 100), (100, 101, 91, 100));
        var inputs = Runs.Inputs(series);
        inputs = inputs with { Instruments = [inputs.Instruments[0] with { Funding = [new FundingRate(series[1].OpenTime + TimeSpan.FromHours(8), 0.005, 100)] }] };
        var options = Options(MarginMode.Isolated);
        Runs.Run(new Script().At(0, Direction.Long, s => s.With(10)), options, inputs).Trades.ShouldBeEmpty();
        series = Perpetual("BTC/USDT:USDT", (100, 101, 99, 100), (100, 101, 99, 100), (100, 101, 90.9, 100));
        inputs = Runs.Inputs(series) with { Instruments = [new InstrumentData("btc", series, inputs.Instruments[0].Funding)] };
        Runs.Run(new Script().At(0, Direction.Long, s => s.With(10)), options, inputs).Trades.ShouldHaveSingleItem().ExitPrice.ShouldBe(90.95477387m);
    }

    [Fact]
    public void More_than_the_leverage_is_a_fault_of_the_strategy()
    {
        Should.Throw<StrategyException>(() => Run(Five(with: s => s.With(10.5)), MarginMode.Cross, (100, 101, 99, 100))).Message.ShouldContain("0 to 10, the leverage");
        var spot = Runs.Days((100, 101, 99, 100), (100, 101, 99, 100));
        Should.Throw<StrategyException>(() => Runs.Run(Five(), Options(MarginMode.Cross) with { Costs = Options(MarginMode.Cross).Costs! with { Margin = new MarginOptions(MarginMode.Cross, 10, 1, [null]) } }, spot)).Message.ShouldContain("0 to 1");
    }

    [Fact]
    public void Exposure_multiplies_and_leverage_limits()
    {
        Quantity(leverage: 3, exposure: 2).ShouldBe(200m);
        Quantity(leverage: 3, exposure: 3).ShouldBe(300m);
        Quantity(leverage: 3, exposure: 9).ShouldBe(300m);

        decimal Quantity(decimal leverage, decimal exposure) =>
            Runs.Run(new Script().At(0, Direction.Long), Options(MarginMode.Isolated, leverage, exposure), Perpetual("BTC/USDT:USDT", (100, 101, 99, 100), (100, 101, 99, 100))).OpenPositions[0].Quantity;
    }

    [Fact]
    public void A_tier_that_forbids_the_leverage_limits_the_position()
    {
        var options = Options(MarginMode.Isolated) with { Capital = 1_000_000 };
        Runs.Run(Five(), options, Perpetual("BTC/USDT:USDT", (100, 101, 99, 100), (100, 101, 99, 100))).OpenPositions[0].Quantity.ShouldBe(10_000m); // 1,000,000 at ten times
    }

    [Fact]
    public void Spot_that_is_owned_stands_behind_nothing()
    {
        // All cash is in coins: nothing is free for the perpetual.
        var (a, b) = (Runs.Days((100, 101, 99, 100), (100, 101, 99, 100), (100, 101, 99, 100)), Perpetual("ETH/USDT:USDT", (100, 101, 99, 100), (100, 101, 99, 100)));
        var margin = new MarginOptions(MarginMode.Cross, 10, 1, [null, Table]);
        var result = Runs.Run(new Script().At(0, Direction.Long).At(1, Direction.Long, instrument: 1), Runs.Free with { Costs = new CostOptions { Margin = margin } }, a, b);
        result.OpenPositions.ShouldHaveSingleItem().Symbol.ShouldBe("BTC/USDT");
        result.Refusals.ShouldHaveSingleItem().Rule.ShouldBe("lot");
    }

    [Fact]
    public void At_one_time_and_with_cash_to_spare_margin_changes_nothing()
    {
        var series = Perpetual("BTC/USDT:USDT", (100, 105, 95, 100), (100, 120, 80, 110), (110, 130, 70, 90));
        var script = new Script().At(0, Direction.Long, s => s.With(0.4, stop: 75));
        var (with, without) = (Runs.Run(script, Options(MarginMode.Isolated, 1), series), Runs.Run(script, Options(MarginMode.Isolated) with { Costs = null }, series));
        with.Trades.ShouldBe(without.Trades);
        with.Metrics.FinalEquity.ShouldBe(without.Metrics.FinalEquity);
    }

    private static Script Five(Direction direction = Direction.Long, Func<Signal, Signal>? with = null) => new Script().At(0, direction, with ?? (s => s.With(5)));

    private static BarSeries Perpetual(string symbol, params (double Open, double High, double Low, double Close)[] bars) => Runs.Bars(symbol, Interval.Day, [(100, 101, 99, 100), .. bars]);

    private static BacktestOptions Options(MarginMode mode, decimal leverage = 10, decimal exposure = 1) =>
        Runs.Free with { Capital = 10_000, Costs = new CostOptions { Margin = new MarginOptions(mode, leverage, exposure, [Table, Table]) } };

    private static BacktestResult Run(Script script, MarginMode mode, params (double Open, double High, double Low, double Close)[] bars) =>
        Runs.Run(script, Options(mode), Perpetual("BTC/USDT:USDT", bars));
}
