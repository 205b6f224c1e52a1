using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine;
using Mts.Engine.Reports;
using static Mts.UnitTests.Engine.OrderScript;

namespace Mts.UnitTests.Engine;

/// <summary>Each order type on bars, worked out by hand: an order given at the close of day 0 acts from the open of day 1 on.</summary>
public sealed class OrderTests
{
    private static readonly BacktestOptions Shorts = Runs.Free with { AllowShort = true };

    [Fact]
    public void A_market_order_fills_at_the_next_open_with_slippage_and_fee()
    {
        var script = new OrderScript().At(0, Buy(10));
        script.Fills(new BacktestOptions(), (90, 91, 89, 90), (100, 105, 95, 101), (101, 102, 100, 101)).ShouldBe(["1: buy 10 @ 100.05"]);
        script.Result.Metrics.Fees.ShouldBe(1.0005m);
        script.Told.ShouldBe(["1 Filled 10 @ 100.05"]);
    }

    [Fact]
    public void A_fraction_of_equity_is_worked_out_at_the_fill()
    {
        new OrderScript().At(0, new OrderRequest { Instrument = 0, Side = Side.Buy, EquityFraction = 0.5 })
            .Fills(Runs.Free, (90, 91, 89, 90), (125, 126, 124, 125), (125, 126, 124, 125)).ShouldBe(["1: buy 400 @ 125"]);
    }

    [Theory]
    [InlineData(98, 100, 97.99, "1: buy 10 @ 98")] // through
    [InlineData(98, 100, 98, "")] // a touch: others queued before
    [InlineData(98, 97, 96, "1: buy 10 @ 97")] // opens below: at the open
    public void A_buy_limit_fills_where_the_bar_trades_below_it(decimal limit, double open, double low, string fill) =>
        string.Join(",", new OrderScript().At(0, BuyLimit(10, limit)).Fills(Runs.Free, (100, 101, 99, 100), (open, 101, low, 100), (100, 101, 99, 100))).ShouldBe(fill);

    [Fact]
    public void A_limit_fills_at_a_touch_where_that_is_asked_for()
    {
        var options = Runs.Free with { Execution = new ExecutionOptions { LimitFill = LimitFill.Touch } };
        new OrderScript().At(0, BuyLimit(10, 98)).Fills(options, (100, 101, 99, 100), (100, 101, 98, 100), (100, 101, 99, 100)).ShouldBe(["1: buy 10 @ 98"]);
    }

    [Fact]
    public void A_resting_limit_pays_no_slippage_and_one_that_takes_does_up_to_its_limit()
    {
        var costs = new BacktestOptions { FeeBps = 0, SlippageBps = 100 };
        Fill(95m, (100, 101, 90, 100)).ShouldBe(["1: buy 10 @ 95"]); // rests
        Fill(120m, (100, 101, 90, 100)).ShouldBe(["1: buy 10 @ 101"]); // takes 100 × 1.01
        Fill(100.5m, (100, 101, 90, 100)).ShouldBe(["1: buy 10 @ 100.5"]); // takes no more than its limit

        string[] Fill(decimal limit, (double, double, double, double) day) => new OrderScript().At(0, BuyLimit(10, limit)).Fills(costs, (100, 101, 99, 100), day, (100, 101, 99, 100));
    }

    [Theory]
    [InlineData(105, 100, 106, "1: buy 10 @ 105")]
    [InlineData(105, 100, 104, "")]
    [InlineData(105, 110, 112, "1: buy 10 @ 110")] // gapped: at the open
    public void A_buy_stop_fills_where_the_bar_rises_to_it(decimal stop, double open, double high, string fill) =>
        string.Join(",", new OrderScript().At(0, BuyStop(10, stop)).Fills(Runs.Free, (100, 101, 99, 100), (open, high, 99, 100), (100, 101, 99, 100))).ShouldBe(fill);

    [Fact]
    public void A_sell_stop_slips()
    {
        var costs = new BacktestOptions { FeeBps = 0, SlippageBps = 100 };
        new OrderScript().At(0, Buy(10)).At(1, SellStop(10, 95)).Fills(costs, (100, 101, 99, 100), (100, 101, 99, 100), (100, 101, 90, 92), (92, 93, 91, 92))
            .ShouldBe(["1: buy 10 @ 101", "2: sell 10 @ 94.05"]);
    }

    [Theory]
    [InlineData(95, 94, 100, 90, "1: sell 10 @ 95")] // set off at 95, sold there
    [InlineData(95, 94, 94.5, 90, "1: sell 10 @ 94.5")] // gapped, still within the limit
    [InlineData(95, 94, 92, 90, "2: sell 10 @ 94")] // gapped beyond the limit: rests, and fills the day after at 94 on the way to 96
    [InlineData(95, 96, 100, 90, "")] // set off at 95, below its limit: rests at 96, which the next day does not pass
    public void A_stop_limit_sells_no_lower_than_its_limit(decimal stop, decimal limit, double open, double low, string fill) =>
        string.Join(",", new OrderScript().At(0, Sell(10, OrderType.StopLimit) with { StopPrice = stop, LimitPrice = limit })
            .Fills(Shorts, (100, 101, 99, 100), (open, Math.Max(open, 93), low, 93), (93, 96, 92, 95), (95, 95.5, 94, 95))).ShouldBe(fill);

    [Fact]
    public void A_trailing_stop_follows_the_highs_of_closed_bars()
    {
        // Arrives at 100: stop 90. Day 2 rises to 120 after the stop at 90 was not met: 110 from day 3 on, where 109 is met.
        new OrderScript().At(0, Buy(10)).At(0, Sell(10, OrderType.TrailingStop) with { TrailAmount = 10, ReduceOnly = true })
            .Fills(Runs.Free, (100, 101, 99, 100), (100, 100, 95, 100), (100, 120, 95, 118), (118, 119, 109, 112), (112, 113, 111, 112))
            .ShouldBe(["1: buy 10 @ 100", "3: sell 10 @ 110"]);
    }

    [Fact]
    public void A_trailing_stop_is_met_in_the_bar_of_its_high_where_the_close_lies_beyond_it()
    {
        // From the high of 120 the price came down to the close of 105, through 110.
        new OrderScript().At(0, Buy(10)).At(0, Sell(10, OrderType.TrailingStop) with { TrailAmount = 10, ReduceOnly = true })
            .Fills(Runs.Free, (100, 101, 99, 100), (100, 120, 95, 105), (105, 106, 104, 105)).ShouldBe(["1: buy 10 @ 100", "1: sell 10 @ 110"]);
    }

    [Fact]
    public void A_trailing_stop_by_fraction_of_a_short_follows_the_lows()
    {
        // 100 × 1.1 = 110; after the low of 80 it is 88, and the next open of 90 is beyond it.
        new OrderScript().At(0, Sell(10)).At(0, Buy(10, OrderType.TrailingStop) with { TrailFraction = 0.1, ReduceOnly = true })
            .Fills(Shorts, (100, 101, 99, 100), (100, 105, 80, 85), (90, 91, 84, 85), (85, 86, 84, 85)).ShouldBe(["1: sell 10 @ 100", "2: buy 10 @ 90"]);
    }

    [Fact]
    public void A_take_profit_sells_at_the_market_once_its_price_is_met()
    {
        var costs = new BacktestOptions { FeeBps = 0, SlippageBps = 100 };
        new OrderScript().At(0, Buy(10)).At(0, Sell(10, OrderType.TakeProfit) with { StopPrice = 110, ReduceOnly = true })
            .Fills(costs, (100, 101, 99, 100), (100, 110, 95, 105), (105, 106, 104, 105)).ShouldBe(["1: buy 10 @ 101", "1: sell 10 @ 108.9"]);
    }

    [Fact]
    public void A_bracket_closes_what_its_order_opened_adverse_first()
    {
        var entry = Buy(10) with { StopLoss = 95, TakeProfit = 110 };
        new OrderScript().At(0, entry).Fills(Runs.Free, (100, 101, 99, 100), (120, 125, 90, 100), (100, 101, 99, 100)).ShouldBe(["1: buy 10 @ 120", "1: sell 10 @ 120"]); // opens beyond its target
        Days((100, 112, 94, 100)).ShouldBe(["1: buy 10 @ 100", "1: sell 10 @ 95"]); // both lie in the bar: the stop
        Days((100, 112, 96, 100)).ShouldBe(["1: buy 10 @ 100", "1: sell 10 @ 110"]);

        string[] Days((double, double, double, double) day)
        {
            var script = new OrderScript().At(0, entry);
            var fills = script.Fills(Runs.Free, (100, 101, 99, 100), day, (100, 101, 99, 100));
            script.Told.Count(t => t.EndsWith("Cancelled oco", StringComparison.Ordinal)).ShouldBe(1);
            script.Result.Trades.ShouldHaveSingleItem().Reason.ShouldBe(fills[1].EndsWith("95", StringComparison.Ordinal) ? "stop" : "target");
            return fills;
        }
    }

    [Fact]
    public void A_bracket_of_an_entry_inside_a_bar_may_stop_in_it_and_takes_its_profit_later()
    {
        var entry = BuyLimit(10, 98) with { StopLoss = 95, TakeProfit = 104 };
        Fill((100, 106, 97, 105), (105, 106, 100, 101)).ShouldBe(["1: buy 10 @ 98", "2: sell 10 @ 105"]); // 106 may have been before 98
        Fill((100, 106, 94, 105), (105, 106, 100, 101)).ShouldBe(["1: buy 10 @ 98", "1: sell 10 @ 95"]);
        var breakout = BuyStop(10, 105) with { StopLoss = 98, TakeProfit = 120 };
        new OrderScript().At(0, breakout).Fills(Runs.Free, (100, 101, 99, 100), (100, 110, 97, 108), (108, 109, 107, 108))
            .ShouldBe(["1: buy 10 @ 105", "1: sell 10 @ 98"]); // 97 may have been after 105

        string[] Fill(params (double, double, double, double)[] days) => new OrderScript().At(0, entry).Fills(Runs.Free, [(100, 101, 99, 100), .. days]);
    }

    [Fact]
    public void The_first_fill_of_one_order_cancels_the_other()
    {
        var script = new OrderScript().At(0, BuyStop(10, 105) with { OcoGroup = 1 }).At(0, SellStop(10, 95) with { OcoGroup = 1 });
        script.Fills(Shorts, (100, 101, 99, 100), (100, 106, 97, 105), (105, 106, 90, 95), (95, 96, 94, 95)).ShouldBe(["1: buy 10 @ 105"]);
        script.Told.ShouldBe(["1 Filled 10 @ 105", "2 Cancelled oco"]);
    }

    [Theory]
    [InlineData(TimeInForce.ImmediateOrCancel, 99, "1 Cancelled immediate")]
    [InlineData(TimeInForce.ImmediateOrCancel, 101, "1 Filled 10 @ 100")]
    [InlineData(TimeInForce.FillOrKill, 99, "1 Cancelled fill_or_kill")]
    [InlineData(TimeInForce.FillOrKill, 101, "1 Filled 10 @ 100")]
    public void An_immediate_limit_order_meets_the_first_price_or_ends(TimeInForce force, decimal limit, string told)
    {
        var script = new OrderScript().At(0, BuyLimit(10, limit) with { TimeInForce = force });
        script.Fills(Runs.Free, (100, 101, 99, 100), (100, 102, 90, 100), (100, 101, 99, 100));
        script.Told.ShouldBe([told]);
    }

    [Fact]
    public void A_post_only_order_that_would_take_is_refused()
    {
        var script = new OrderScript().At(0, BuyLimit(10, 100) with { PostOnly = true }).At(0, BuyLimit(10, 98) with { PostOnly = true });
        script.Fills(Runs.Free, (100, 101, 99, 100), (100, 102, 97, 100), (100, 101, 99, 100)).ShouldBe(["1: buy 10 @ 98"]);
        script.Told.ShouldBe(["1 Rejected post_only", "2 Filled 10 @ 98"]);
    }

    [Fact]
    public void A_reduce_only_order_never_turns_a_position()
    {
        var script = new OrderScript().At(0, Buy(4)).At(1, Sell(10) with { ReduceOnly = true }).At(2, Sell(1) with { ReduceOnly = true });
        script.Fills(Shorts, (100, 101, 99, 100), (100, 101, 99, 100), (100, 101, 99, 100), (100, 101, 99, 100), (100, 101, 99, 100)).ShouldBe(["1: buy 4 @ 100", "2: sell 4 @ 100"]);
        script.Told.ShouldBe(["1 Filled 4 @ 100", "2 PartlyFilled 4 @ 100", "2 Cancelled reduce_only", "3 Cancelled reduce_only"]);
    }

    [Fact]
    public void A_larger_opposite_order_turns_the_position_with_a_round_trip_and_a_new_one()
    {
        var script = new OrderScript().At(0, Buy(4)).At(1, Sell(10));
        script.Fills(Shorts, (100, 101, 99, 100), (100, 101, 99, 100), (110, 111, 109, 110), (105, 106, 104, 105)).ShouldBe(["1: buy 4 @ 100", "2: sell 4 @ 110", "2: sell 6 @ 110"]);
        script.Result.Trades.ShouldHaveSingleItem().Pnl.ShouldBe(40m);
        script.Result.OpenPositions.ShouldHaveSingleItem().UnrealizedPnl.ShouldBe(30m);
        script.Told.ShouldBe(["1 Filled 4 @ 100", "2 Filled 10 @ 110"]);
    }

    [Fact]
    public void A_good_til_date_order_ends_at_its_time_and_may_have_missed_a_price_of_that_bar()
    {
        // Until noon of day 2: in day 2 the limit may have been met after it, the stop may have been before.
        var noon = Runs.Start + TimeSpan.FromHours(60);
        var script = new OrderScript()
            .At(0, BuyLimit(1, 90) with { TimeInForce = TimeInForce.GoodTilDate, GoodUntil = noon })
            .At(0, BuyStop(2, 110) with { TimeInForce = TimeInForce.GoodTilDate, GoodUntil = noon });
        script.Fills(Runs.Free, (100, 101, 99, 100), (100, 101, 99, 100), (100, 111, 89, 100), (100, 101, 89, 100), (100, 101, 99, 100)).ShouldBe(["2: buy 2 @ 110"]);
        script.Told.ShouldBe(["2 Filled 2 @ 110", "1 Expired expired"]);
        script.Reports[1].Time.ShouldBe(noon);
    }

    public static TheoryData<OrderRequest, string> Waiting => new()
    {
        { BuyLimit(1, 90), "3: buy 1 @ 90" },
        { SellLimit(1, 110), "3: sell 1 @ 110" },
        { BuyStop(1, 110), "3: buy 1 @ 110" },
        { SellStop(1, 90), "3: sell 1 @ 90" },
        { Buy(1, OrderType.StopLimit) with { StopPrice = 110, LimitPrice = 112 }, "3: buy 1 @ 110" },
        { Sell(1, OrderType.StopLimit) with { StopPrice = 90, LimitPrice = 88 }, "3: sell 1 @ 90" },
        { Sell(1, OrderType.TrailingStop) with { TrailAmount = 10 }, "3: sell 1 @ 91" }, // behind the high of 101
        { Buy(1, OrderType.TrailingStop) with { TrailFraction = 0.1 }, "3: buy 1 @ 108.9" }, // behind the low of 99
        { Buy(1, OrderType.TakeProfit) with { StopPrice = 90 }, "3: buy 1 @ 90" },
        { Sell(1, OrderType.TakeProfit) with { StopPrice = 110 }, "3: sell 1 @ 110" },
    };

    [Theory]
    [MemberData(nameof(Waiting))]
    public void Each_type_waits_for_its_price_as_long_as_its_time_in_force_lets_it(OrderRequest order, string fill)
    {
        // Day 3 is the first that leaves 99 to 101; it reaches 89 and 111.
        Fills(order).ShouldBe([fill]);
        Fills(Until(order, 4)).ShouldBe([fill]);
        var expired = new OrderScript().At(0, Until(order, 3));
        Fills(order, expired).ShouldBeEmpty();
        expired.Told.ShouldBe(["1 Expired expired"]);

        static OrderRequest Until(OrderRequest order, int day) => order with { TimeInForce = TimeInForce.GoodTilDate, GoodUntil = Runs.Start + TimeSpan.FromDays(day) };

        static string[] Fills(OrderRequest order, OrderScript? script = null) => (script ?? new OrderScript().At(0, order)).Fills(
            Shorts, (100, 101, 99, 100), (100, 101, 99, 100), (100, 101, 99, 100), (100, 111, 89, 100), (100, 101, 99, 100));
    }

    [Fact]
    public void A_cancelled_order_fills_no_more_and_working_orders_can_be_read()
    {
        var seen = new List<string>();
        var script = new OrderScript().At(0, BuyLimit(10, 90)).At(0, Sell(1, OrderType.TrailingStop) with { TrailAmount = 50 })
            .Do(1, c => seen.AddRange(c.Orders(0).Select(o => $"{o.Id} {o.Request.Type} {o.StopPrice}")))
            .Do(1, c => seen.Add($"{c.Cancel(1)} {c.Cancel(1)} {c.Cancel(77)}"));
        script.Fills(Shorts, (100, 101, 99, 100), (100, 101, 99, 100), (100, 101, 80, 100), (100, 101, 99, 100)).ShouldBeEmpty();
        seen.ShouldBe(["1 Limit ", "2 TrailingStop 51", "True False False"]);
        script.Told.ShouldBe(["1 Cancelled strategy"]);
    }

    [Fact]
    public void What_the_cash_does_not_pay_for_is_refused_with_the_figures()
    {
        var script = new OrderScript().At(0, Buy(2_000)).At(0, Sell(1));
        script.Fills(Runs.Free, (100, 101, 99, 100), (100, 101, 99, 100), (100, 101, 99, 100)).ShouldBeEmpty();
        script.Told.ShouldBe(["1 Rejected cash", "2 Rejected allow_short"]);
        var orders = script.Result.Orders!;
        (orders.Submitted, orders.Rejected, orders.Unfilled.Count).ShouldBe((2, 2, 2));
        orders.Unfilled[0].Reason.ShouldContain("100000");
        System.Text.Encoding.UTF8.GetString(BacktestJson.Write(script.Result)).ShouldContain("\"rule\":\"cash\"");
    }

    [Fact]
    public void Orders_and_signals_share_the_position()
    {
        // A signal opens 500, an order adds 100 at 200, FLAT closes all at the mean of (500 × 100 + 100 × 200) / 600.
        var script = new Script().At(0, Direction.Long, s => s.With(0.5)).At(2, Direction.Flat)
            .Watch(c => { if (c.Past(0).Count == 2) c.Submit(Buy(100)); });
        var result = Runs.Run(script, Runs.Free, Runs.Days((100, 101, 99, 100), (100, 101, 99, 100), (200, 201, 199, 200), (200, 201, 199, 200)));
        var trade = result.Trades.ShouldHaveSingleItem();
        (trade.Quantity, trade.EntryPrice, trade.Pnl).ShouldBe((600m, 116.666666666667m, 50_000m));
    }

    [Fact]
    public void Orders_of_one_open_fill_by_id_after_those_that_reduce()
    {
        var script = new OrderScript().At(0, Buy(1_000)).At(1, Buy(500)).At(1, Sell(600));
        script.Fills(Runs.Free, (100, 101, 99, 100), (100, 101, 99, 100), (100, 101, 99, 100), (100, 101, 99, 100)).ShouldBe(["1: buy 1000 @ 100", "2: sell 600 @ 100", "2: buy 500 @ 100"]);
    }

    [Fact]
    public void In_a_warm_up_nothing_is_ordered()
    {
        var series = Runs.Days([.. Enumerable.Repeat((100.0, 101.0, 99.0, 100.0), 5)]);
        var script = new OrderScript().At(0, Buy(1)).At(2, Buy(2));
        var result = Runs.Run(script, Runs.Free with { WarmUp = 2 }, Runs.Inputs(series) with { Start = series[2].OpenTime });
        result.OpenPositions.ShouldHaveSingleItem().Quantity.ShouldBe(2m);
        result.Orders!.Submitted.ShouldBe(1);
        script.Told.ShouldBe(["1 Cancelled warm_up", "2 Filled 2 @ 100"]);
    }

    [Fact]
    public void What_still_works_at_the_end_is_told()
    {
        var script = new OrderScript().At(0, BuyLimit(1, 50));
        script.Fills(Runs.Free, (100, 101, 99, 100), (100, 101, 99, 100));
        script.Result.Orders!.Unfilled.ShouldHaveSingleItem().State.ShouldBe(OrderState.Working);
    }

    public static TheoryData<OrderRequest, string> Impossible => new()
    {
        { Buy(1) with { Instrument = 3 }, "instrument 3" },
        { Buy(0), "quantity 0" },
        { Buy(1) with { EquityFraction = 0.5 }, "one of them" },
        { new OrderRequest { Instrument = 0, Side = Side.Buy, EquityFraction = 1.5 }, "equity fraction 1.5" },
        { Buy(1, OrderType.Limit), "without a limit price" },
        { Buy(1) with { LimitPrice = 5 }, "has no limit price" },
        { Buy(1, OrderType.Stop), "without a stop price" },
        { BuyLimit(1, -1), "price -1" },
        { Buy(1, OrderType.TrailingStop), "an amount or a fraction" },
        { Buy(1, OrderType.TrailingStop) with { TrailFraction = 1 }, "trail fraction 1" },
        { BuyLimit(1, 90) with { TimeInForce = TimeInForce.GoodTilDate }, "good-until" },
        { BuyLimit(1, 90) with { TimeInForce = TimeInForce.GoodTilDate, GoodUntil = Runs.Start }, "has passed" },
        { BuyStop(1, 110) with { TimeInForce = TimeInForce.FillOrKill }, "is for market and limit orders" },
        { Buy(1) with { PostOnly = true }, "post-only" },
        { Buy(1) with { StopLoss = 120 }, "losing side of 100" },
        { Sell(1) with { TakeProfit = 120 }, "winning side of 100" },
        { Sell(1) with { ReduceOnly = true, StopLoss = 120 }, "reduce-only" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void An_impossible_order_stops_the_run(OrderRequest order, string message)
    {
        var failure = Should.Throw<StrategyException>(() => new OrderScript().Do(0, c => c.Submit(order)).Fills(Runs.Free, (100, 101, 99, 100), (100, 101, 99, 100)));
        failure.Message.ShouldContain(message);
        failure.Message.ShouldContain("Orders");
        failure.Message.ShouldContain("2024-01-02T00:00:00Z, bar 1 of test BTC/USDT 1d: ");
    }
}
