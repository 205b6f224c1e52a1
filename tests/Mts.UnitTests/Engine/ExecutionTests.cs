using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine;

namespace Mts.UnitTests.Engine;

/// <summary>Small runs whose figures are worked out by hand beside them.</summary>
public sealed class ExecutionTests
{
    private static readonly BarSeries Flat100 = Runs.Days((100, 101, 99, 100), (100, 110, 90, 100), (100, 120, 80, 100), (100, 101, 99, 100));

    [Fact]
    public void Buy_and_hold_fills_at_the_second_open_with_slippage_and_fee()
    {
        var series = Runs.Days((100, 105, 95, 104), (200, 220, 190, 210), (210, 260, 205, 250));
        var result = Runs.Run(Runs.BuyHold(), new BacktestOptions(), series);

        // Price 200 × 1.0005 = 200.1; 100000 / (200.1 × 1.001) = 499.250874063….; × 200.1 = 99900.099899406, of which a thousandth is 99.9000998994.
        var position = result.OpenPositions.ShouldHaveSingleItem();
        position.Quantity.ShouldBe(499.25087406m);
        position.EntryPrice.ShouldBe(200.1m);
        position.EntryTime.ToString().ShouldBe("2024-01-02T00:00:00Z");
        position.Fees.ShouldBe(99.9000999m);
        var cash = 100_000m - 99900.09989941m - 99.9000999m;
        result.Metrics.FinalEquity.ShouldBe(cash + (499.25087406m * 250m));
        result.Metrics.Fees.ShouldBe(99.9000999m);
        result.Metrics.Trades.ShouldBe(0);
        result.Metrics.Exposure.ShouldBe(2 / 3.0);
        result.Metrics.BenchmarkReturn.ShouldBe(result.Metrics.TotalReturn);
        result.Equity.Select(p => p.Time.ToString()).ShouldBe(["2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z", "2024-01-03T00:00:00Z", "2024-01-04T00:00:00Z"]);
        result.Equity[1].Value.ShouldBe(100_000);
    }

    [Fact]
    public void A_lot_rounds_the_quantity_down()
    {
        var result = Runs.Run(Runs.BuyHold(), new BacktestOptions { Lots = [0.5m] }, Flat100);
        result.OpenPositions.ShouldHaveSingleItem().Quantity.ShouldBe(998.5m); // 100000 / (100.05 × 1.001) = 998.50174…
    }

    [Fact]
    public void A_cross_buys_and_sells_at_the_next_open()
    {
        // SMA2 above SMA3 first at the close of bar 3 (10, 10, 10 | 13): 11.5 > 11; below at bar 5: (13, 12, 8): 10 < 11.
        var series = Runs.Days((10, 10, 10, 10), (10, 10, 10, 10), (10, 10, 10, 10), (10, 13, 10, 13), (12.5, 13, 12, 12), (12, 12, 8, 8), (7.5, 8, 7, 8));
        var trade = Runs.Run(Runs.SmaCross(2, 3), Runs.Free, series).Trades.ShouldHaveSingleItem();
        (trade.EntryPrice, trade.ExitPrice, trade.Quantity).ShouldBe((12.5m, 7.5m, 8000m));
        (trade.EntryTime.ToString(), trade.ExitTime.ToString()).ShouldBe(("2024-01-05T00:00:00Z", "2024-01-07T00:00:00Z"));
        trade.Pnl.ShouldBe(-40_000m);
    }

    [Fact]
    public void At_exact_equality_of_the_means_nothing_changes()
    {
        // Ten times 0.1 is not 1 in binary; the means of equal prices are equal all the same.
        var series = Runs.Closes([.. Enumerable.Repeat(0.1, 30)]);
        var result = Runs.Run(Runs.SmaCross(3, 10), Runs.Free, series);
        result.Signals.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(95, 130, 95)] // low 80 touches the stop, high 120 not the target
    [InlineData(70, 115, 115)] // high 120 touches the target only
    [InlineData(95, 115, 95)] // both: the stop is taken to have come first
    public void Stop_and_target_act_inside_the_bar_adverse_first(double stop, double target, double exit)
    {
        var script = new Script().At(0, Direction.Long, s => s.With(stop: stop, target: target));
        var series = Runs.Days((100, 101, 99, 100), (100, 101, 99, 100), (100, 120, 80, 100), (100, 101, 99, 100));
        var trade = Runs.Run(script, Runs.Free, series).Trades.ShouldHaveSingleItem();
        trade.ExitPrice.ShouldBe((decimal)exit);
        trade.ExitTime.ToString().ShouldBe("2024-01-03T00:00:00Z");
        trade.Reason.ShouldBe(exit < 100 ? "stop" : "target");
    }

    [Fact]
    public void A_stop_slips_and_a_target_does_not()
    {
        var costs = new BacktestOptions { FeeBps = 0, SlippageBps = 10 };
        Exit(s => s.With(stop: 95)).ShouldBe(95m * 0.999m);
        Exit(s => s.With(target: 105)).ShouldBe(105m);

        decimal Exit(Func<Signal, Signal> with) => Runs.Run(new Script().At(0, Direction.Long, with), costs, Flat100).Trades[0].ExitPrice;
    }

    [Theory]
    [InlineData(115, 99)]
    [InlineData(105, 99)] // comes back to the target
    [InlineData(90, 99)] // and through the stop: the open was before it
    [InlineData(115, 120)] // on the very bar of the entry: 110 lay below the price that was paid
    [InlineData(105, 120)]
    public void A_target_that_a_bar_opens_beyond_is_met_at_the_open_whatever_else_the_run_asks_for(double low, double opens)
    {
        // A share of the volume takes bars step by step; there is enough of it.
        foreach (var side in (Direction[])[Direction.Long, Direction.Short])
        {
            (double, double, double, double) Bar(double open, double high, double low, double close) => side == Direction.Long ? (open, high, low, close) : (200 - open, 200 - low, 200 - high, 200 - close);
            var (up, quiet) = (Bar(120, 125, low, 118), Bar(100, 101, 99, 100));
            var days = Runs.Days(opens == 120 ? [quiet, up, quiet] : [quiet, quiet, up, quiet]);
            var series = BarSeries.From(days.Key, true, [.. Enumerable.Range(0, days.Length).Select(i => days[i] with { Volume = 1_000_000 })]);
            var script = () => new Script().At(0, side, s => s.With(0.5, side == Direction.Long ? 95 : 105, side == Direction.Long ? 110 : 90));
            foreach (var execution in (ExecutionOptions[])[new(), new() { VolumeShare = 1 }])
            {
                var trade = Runs.Run(script(), Runs.Free with { AllowShort = true, Execution = execution }, series).Trades.ShouldHaveSingleItem($"{side} {execution}");
                (trade.ExitPrice, trade.Reason).ShouldBe((side == Direction.Long ? 120m : 80m, "target"), $"{side} {execution}");
            }
        }
    }

    [Fact]
    public void A_gap_through_the_stop_fills_at_the_open_and_one_through_the_target_too()
    {
        var down = Runs.Days((100, 101, 99, 100), (100, 101, 99, 100), (80, 85, 75, 82));
        Runs.Run(new Script().At(0, Direction.Long, s => s.With(stop: 95)), Runs.Free, down).Trades[0].ExitPrice.ShouldBe(80m);
        var up = Runs.Days((100, 101, 99, 100), (100, 101, 99, 100), (120, 125, 115, 120));
        Runs.Run(new Script().At(0, Direction.Long, s => s.With(target: 110)), Runs.Free, up).Trades[0].ExitPrice.ShouldBe(120m);
        Runs.Run(new Script().At(0, Direction.Short, s => s.With(stop: 110)), Runs.Free with { AllowShort = true }, up).Trades[0].ExitPrice.ShouldBe(120m);
    }

    [Fact]
    public void A_stop_holds_from_the_bar_of_the_entry_on()
    {
        var trade = Runs.Run(new Script().At(0, Direction.Long, s => s.With(stop: 95)), Runs.Free, Flat100).Trades.ShouldHaveSingleItem();
        (trade.EntryTime, trade.ExitTime, trade.ExitPrice).ShouldBe((Flat100[1].OpenTime, Flat100[1].OpenTime, 95m));
    }

    [Fact]
    public void A_short_owes_what_it_sold()
    {
        // Sold 1000 at 100 (proceeds 100000), bought back at 150: half the capital is lost.
        var series = Runs.Days((100, 101, 99, 100), (100, 101, 99, 100), (120, 121, 119, 120), (150, 151, 149, 150), (150, 151, 149, 150));
        var script = new Script().At(0, Direction.Short).At(2, Direction.Flat);
        var result = Runs.Run(script, Runs.Free with { AllowShort = true }, series);
        result.Equity.Select(p => p.Value).ShouldBe([100_000, 100_000, 100_000, 80_000, 50_000, 50_000]);
        var trade = result.Trades.ShouldHaveSingleItem();
        (trade.Side, trade.Quantity, trade.Pnl).ShouldBe((Side.Sell, 1000m, -50_000m));
    }

    [Fact]
    public void A_short_can_lose_more_than_there_was()
    {
        // Sold 1000 at 100; at 250 the account owes 250000 and has 200000.
        var series = Runs.Days((100, 101, 99, 100), (100, 101, 99, 100), (100, 250, 99, 250), (250, 251, 249, 250));
        var result = Runs.Run(new Script().At(0, Direction.Short).At(2, Direction.Long), Runs.Free with { AllowShort = true }, series);
        result.Metrics.FinalEquity.ShouldBe(-50_000m);
        result.Warnings.ShouldContain(w => w.Contains("nothing was left at 2024-01-04T00:00:00Z"));
        result.Metrics.Sharpe.ShouldBeNull();
        result.Metrics.Cagr.ShouldBeNull();
        result.Refusals.ShouldHaveSingleItem(); // nothing to buy with
    }

    [Fact]
    public void A_signal_for_another_asset_or_time_stops_the_run()
    {
        Should.Throw<StrategyException>(() => Runs.Run(new Script().At(1, Direction.Long, s => s with { Asset = "ether" }), Runs.Free, Flat100)).Message.ShouldContain("btc");
        Should.Throw<StrategyException>(() => Runs.Run(new Script().At(1, Direction.Long, s => s with { Time = Flat100[0].OpenTime }), Runs.Free, Flat100)).Message.ShouldContain("2024-01-03");
        Should.Throw<StrategyException>(() => Runs.Run(new Script().At(1, Direction.Long, s => s with { Instrument = 7 }), Runs.Free, Flat100)).Message.ShouldContain("7 of 1");
    }

    [Fact]
    public void The_opposite_reverses_at_one_open()
    {
        var series = Runs.Days((100, 101, 99, 100), (100, 101, 99, 100), (110, 111, 109, 110), (99, 111, 98, 99));
        var result = Runs.Run(new Script().At(0, Direction.Long).At(1, Direction.Short), Runs.Free with { AllowShort = true }, series);
        result.Trades.ShouldHaveSingleItem().Pnl.ShouldBe(10_000m);
        var open = result.OpenPositions.ShouldHaveSingleItem();
        (open.Side, open.Quantity, open.EntryPrice, open.UnrealizedPnl).ShouldBe((Side.Sell, 1000m, 110m, 11_000m));
    }

    [Fact]
    public void The_same_direction_again_is_no_order()
    {
        var script = new Script().At(0, Direction.Long, s => s.With(size: 0.5)).At(1, Direction.Long).At(2, Direction.Long, s => s.With(stop: 99.5));
        var result = Runs.Run(script, Runs.Free, Flat100);
        result.OpenPositions.ShouldHaveSingleItem().Quantity.ShouldBe(500m);
        result.Trades.ShouldBeEmpty();
    }

    [Fact]
    public void A_horizon_closes_at_the_first_open_after_it_even_when_the_view_is_repeated()
    {
        var script = new Script().At(0, Direction.Long, s => s.With(horizon: TimeSpan.FromDays(2))).At(2, Direction.Long);
        var result = Runs.Run(script, Runs.Free, Flat100);
        var trade = result.Trades.ShouldHaveSingleItem();
        (trade.ExitTime, trade.Reason).ShouldBe((Flat100[3].OpenTime, "horizon"));
        result.OpenPositions.ShouldBeEmpty();
    }

    [Fact]
    public void A_size_counts_with_all_its_digits()
    {
        var script = new Script().At(0, Direction.Long, s => s.With(size: 1 / 3.0));
        Runs.Run(script, Runs.Free, Flat100).OpenPositions[0].Quantity.ShouldBe(333.33333333m);
    }

    [Fact]
    public void A_spot_short_without_permission_is_refused_and_closes_a_long()
    {
        var refused = Runs.Run(new Script().At(0, Direction.Short), Runs.Free, Flat100);
        refused.Refusals.ShouldHaveSingleItem().Rule.ShouldBe("allow_short");
        refused.Metrics.FinalEquity.ShouldBe(100_000m);

        var closed = Runs.Run(new Script().At(0, Direction.Long).At(1, Direction.Short), Runs.Free, Flat100);
        closed.Trades.ShouldHaveSingleItem().ExitTime.ShouldBe(Flat100[2].OpenTime);
        closed.OpenPositions.ShouldBeEmpty();
    }

    [Fact]
    public void A_perpetual_may_be_sold_short()
    {
        var series = Runs.Bars("BTC/USDT:USDT", Interval.Day, (100, 101, 99, 100), (100, 101, 99, 100), (90, 91, 89, 90));
        var result = Runs.Run(new Script().At(0, Direction.Short), Runs.Free, series);
        result.Metrics.FinalEquity.ShouldBe(110_000m);
        result.Metrics.Funding.ShouldBeNull();
    }

    [Fact]
    public void What_shorts_brought_buys_nothing_else()
    {
        var (a, b) = (Flat100, Runs.Bars("ETH/USDT", Interval.Day, (10, 11, 9, 10), (10, 11, 9, 10), (10, 11, 9, 10), (10, 11, 9, 10)));
        var script = new Script().At(0, Direction.Short, s => s.With(size: 0.6)).At(1, Direction.Long, instrument: 1);
        var result = Runs.Run(script, Runs.Free with { AllowShort = true }, a, b);
        result.OpenPositions.Select(p => p.Quantity).ShouldBe([600m, 10_000m]); // 160000 cash less 60000 owed
    }

    [Fact]
    public void A_size_below_one_lot_is_refused_as_data()
    {
        var script = new Script().At(0, Direction.Long, s => s.With(size: 0.001));
        var result = Runs.Run(script, Runs.Free with { Lots = [2m] }, Flat100);
        result.Refusals.ShouldHaveSingleItem().Rule.ShouldBe("lot");
        result.Trades.ShouldBeEmpty();
    }

    [Fact]
    public void A_signal_on_the_last_bar_is_a_warning()
    {
        var result = Runs.Run(new Script().At(3, Direction.Long), Runs.Free, Flat100);
        result.Warnings.ShouldContain(w => w.Contains("last bar"));
        Runs.Run(new Script().At(0, Direction.Long).At(3, Direction.Long), Runs.Free, Flat100).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_sold_at_an_instant_pays_for_what_is_bought_then()
    {
        var (a, b) = (Runs.Bars("ETH/USDT", Interval.Day, (10, 11, 9, 10), (10, 11, 9, 10), (10, 11, 9, 10), (10, 11, 9, 10)), Flat100);
        var script = new Script().At(0, Direction.Long, instrument: 1).At(1, Direction.Long, instrument: 0).At(1, Direction.Flat, instrument: 1);
        var result = Runs.Run(script, Runs.Free, a, b);
        result.OpenPositions.ShouldHaveSingleItem().Quantity.ShouldBe(10_000m);
    }

    [Fact]
    public void A_strategy_that_throws_is_named_with_the_instant()
    {
        var script = new Script().Watch(c => { if (c.Past(0).Count == 3) throw new InvalidOperationException("no idea"); });
        var failure = Should.Throw<StrategyException>(() => Runs.Run(script, Runs.Free, Flat100));
        failure.Message.ShouldContain("Script");
        failure.Message.ShouldContain("2024-01-04T00:00:00Z");
        failure.Message.ShouldContain("no idea");
    }

    [Theory]
    [InlineData(double.NaN, 1, null, null)]
    [InlineData(1.5, 1, null, null)]
    [InlineData(-0.1, 1, null, null)]
    [InlineData(1, 1.01, null, null)]
    [InlineData(1, double.NaN, null, null)]
    [InlineData(1, 1, 100.0, null)]
    [InlineData(1, 1, null, 99.0)]
    [InlineData(1, 1, double.NaN, null)]
    public void An_impossible_signal_stops_the_run(double size, double confidence, double? stop, double? target)
    {
        var script = new Script().At(1, Direction.Long, s => s.With(size, stop, target) with { Confidence = confidence });
        // The second bar closes at the end of the second day.
        Should.Throw<StrategyException>(() => Runs.Run(script, Runs.Free, Flat100)).Message.ShouldContain("strategy Script gave an impossible signal for btc at 2024-01-03T00:00:00Z, bar 2 of test BTC/USDT 1d: ");
    }

    [Fact]
    public void A_signal_of_a_warm_up_stands_at_the_start_unless_it_has_levels()
    {
        var inputs = Runs.Inputs(Flat100) with { Start = Flat100[2].OpenTime };
        Entry(new Script().At(0, Direction.Long)).ShouldBe(Flat100[2].OpenTime);
        Entry(new Script().At(1, Direction.Long, s => s.With(stop: 50))).ShouldBe(Flat100[2].OpenTime);
        Entry(new Script().At(0, Direction.Long, s => s.With(stop: 50))).ShouldBeNull();

        Timestamp? Entry(Script script)
        {
            var result = Runs.Run(script, Runs.Free with { WarmUp = 2 }, inputs);
            result.Metrics.Bars.ShouldBe(2);
            return result.OpenPositions.Count == 0 ? null : result.OpenPositions[0].EntryTime;
        }
    }

    [Fact]
    public void A_strategy_sees_its_fills_from_the_close_of_the_bar_at_whose_open_they_happened()
    {
        var seen = new List<int>();
        var script = new Script().At(0, Direction.Long).At(2, Direction.Flat).Watch(c => seen.Add(c.Fills.Count));
        Mts.Core.Trading.Fill? entry = null;
        script.Watch(c => entry ??= c.Fills.Count > 0 ? c.Fills[0] : null);
        Runs.Run(script, Runs.Free, Runs.Closes(100, 110, 120, 130));
        seen.ShouldBe([0, 1, 1, 2]);
        (entry!.Order.Id, entry.Order.Reason, entry.Time).ShouldBe((1, "script", Runs.Start + TimeSpan.FromDays(1)));
    }
}
