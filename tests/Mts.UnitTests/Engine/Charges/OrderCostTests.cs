using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine;
using Mts.Engine.Charges;

namespace Mts.UnitTests.Engine.Charges;

/// <summary>Fees, slippage and rules of single orders, worked out by hand beside them.</summary>
public sealed class OrderCostTests
{
    private static readonly BarSeries Flat100 = Runs.Days((100, 101, 99, 100), (100, 101, 99, 100), (100, 110, 99, 100), (100, 101, 99, 100));
    private static readonly FeeSchedule Tiers = new("t", IsPerpetual: false, [new FeeTable(Runs.Start, [new FeeTier(0, 10, 10), new FeeTier(50_000, 4, 5)])]);

    [Fact]
    public void A_target_pays_the_maker_and_a_stop_the_taker()
    {
        // 500 at 100: 10 bps of 50,000. Out at 105: 2 bps of 52,500; out at 99.5: 10 bps of 49,750.
        var options = Free(new CostOptions { MakerBps = 2 }) with { FeeBps = 10 };
        var target = Runs.Run(Half(target: 105), options, Flat100).Metrics;
        (target.FeesTaker, target.FeesMaker, target.Fees).ShouldBe((50m, 10.5m, 60.5m));
        var stop = Runs.Run(Half(stop: 99.5), options, Flat100).Metrics;
        (stop.FeesTaker, stop.FeesMaker, stop.Fees).ShouldBe((99.75m, 0m, 99.75m));
    }

    [Fact]
    public void What_was_traded_before_makes_the_next_order_cheaper()
    {
        // The entry of 50,000 pays 10 bps and lifts the exit to 5; thirty days later it would count no more.
        var script = Half().At(1, Direction.Flat);
        Runs.Run(script, Free(new CostOptions { Fees = [Tiers] }), Flat100).Metrics.Fees.ShouldBe(50m + 25m);
        var month = Runs.Days([.. Enumerable.Repeat((100.0, 101.0, 99.0, 100.0), 40)]);
        Runs.Run(Half().At(29, Direction.Flat), Free(new CostOptions { Fees = [Tiers] }), month).Metrics.Fees.ShouldBe(50m + 25m);
        Runs.Run(Half().At(30, Direction.Flat), Free(new CostOptions { Fees = [Tiers] }), month).Metrics.Fees.ShouldBe(50m + 50m);
    }

    [Fact]
    public void Fees_of_a_time_before_the_first_table_are_an_assumption_that_is_told()
    {
        var late = Tiers with { Tables = [Tiers.Tables[0] with { From = Flat100[2].OpenTime }] };
        var result = Runs.Run(Half().At(1, Direction.Flat), Free(new CostOptions { Fees = [late] }), Flat100);
        result.Warnings.ShouldHaveSingleItem().ShouldBe("BTC/USDT: the fees of t are known from 2024-01-03 on; those of that day were assumed before it (at 2024-01-02T00:00:00Z)");
    }

    [Fact]
    public void Half_of_a_given_spread_is_the_slippage() =>
        Runs.Run(Half(), Free(new CostOptions { Spread = new SpreadOptions(10) }), Flat100).OpenPositions[0].EntryPrice.ShouldBe(100.05m);

    [Fact]
    public void A_recorded_spread_counts_for_an_hour_and_its_lack_is_told()
    {
        var entry = Flat100[1].OpenTime;
        Fill(new SpreadQuote(entry - TimeSpan.FromHours(3), 90), new SpreadQuote(entry - TimeSpan.FromMinutes(59), 20), new SpreadQuote(new Timestamp(entry.Micros + 1), 500)).ShouldBe((100.1m, 0));
        Fill(new SpreadQuote(entry - TimeSpan.FromMinutes(61), 20)).ShouldBe((100.03m, 1)); // 3 bps are assumed
        Fill().ShouldBe((100.03m, 1));

        (decimal Price, int Warnings) Fill(params SpreadQuote[] quotes)
        {
            var inputs = Runs.Inputs(Flat100);
            inputs = inputs with { Instruments = [inputs.Instruments[0] with { Spreads = quotes }] };
            var result = Runs.Run(Half(), Free(new CostOptions { Spread = new SpreadOptions() }) with { SlippageBps = 3 }, inputs);
            result.Warnings.ShouldAllBe(w => w.Contains("3 bps was assumed"));
            return (result.OpenPositions[0].EntryPrice, result.Warnings.Count);
        }
    }

    [Fact]
    public void An_order_moves_the_price_by_its_share_of_the_volume_before_it()
    {
        // Closes 100, 110, 99 of one unit each: a bar trades 103 and moves by a tenth. An order of 1.03 is a hundredth of it: √0.01 × 0.1 = 1 %.
        var series = Runs.Days((100, 100, 100, 100), (100, 110, 100, 110), (110, 110, 99, 99), (100, 900, 1, 500));
        var script = new Script().At(2, Direction.Long);
        Entry(ImpactLaw.SquareRoot, 1).ShouldBe(101m, 0.00001m);
        Entry(ImpactLaw.SquareRoot, 2).ShouldBe(102m, 0.00001m);
        Entry(ImpactLaw.Linear, 1).ShouldBe(100.1m, 0.00001m);

        decimal Entry(ImpactLaw law, double coefficient) =>
            Runs.Run(script, Free(new CostOptions { Impact = new ImpactOptions(law, coefficient) }) with { Capital = 1.03m }, series).OpenPositions[0].EntryPrice;
    }

    [Fact]
    public void An_impact_that_cannot_be_reckoned_is_told()
    {
        var result = Runs.Run(Half(), Free(new CostOptions { Impact = new ImpactOptions(ImpactLaw.SquareRoot) }), Flat100);
        result.Warnings.ShouldHaveSingleItem().ShouldContain("impact was not counted"); // one bar has closed
    }

    [Fact]
    public void Tick_lot_and_least_notional_are_those_of_the_time()
    {
        var rules = new RuleHistory([new(Runs.Start, 0.1m, 0.1m, 60_000), new(Flat100[2].OpenTime, 0.5m, 7, 10)]);
        var options = Free(new CostOptions { Rules = [rules] }) with { SlippageBps = 1 };
        var result = Runs.Run(Half().At(1, Direction.Long, s => s.With(0.5)), options, Flat100);
        var refusal = result.Refusals.ShouldHaveSingleItem();
        (refusal.Rule, refusal.Reason).ShouldBe(("min_notional", "its notional 49999.95 is below the venue's least 60000")); // 499.5 × 100.1: lot and tick of 0.1
        var open = result.OpenPositions.ShouldHaveSingleItem();
        (open.EntryPrice, open.Quantity).ShouldBe((100.5m, 497m)); // 50,000 / 100.5 = 497.5…; 71 × 7
        result.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void A_limit_stands_on_the_tick_away_from_the_market()
    {
        // With a tick of 0.5 nobody buys at 98.7 or sells at 101.3: 98.5 and 101.5 are asked for, and given where the bar trades beyond them.
        var options = Free(new CostOptions { Rules = [new RuleHistory([new(default, 0.5m, null, null)])] });
        new OrderScript().At(0, OrderScript.BuyLimit(1, 98.7m)).Fills(options, (100, 101, 99, 100), (100, 101, 98.6, 100), (100, 101, 98.4, 100), (100, 101, 99, 100)).ShouldBe(["2: buy 1 @ 98.5"]);
        new OrderScript().At(0, OrderScript.Buy(1)).At(1, OrderScript.SellLimit(1, 101.3m))
            .Fills(options, (100, 101, 99, 100), (100, 101, 99, 100), (100, 101.4, 99, 100), (100, 102, 99, 100), (100, 101, 99, 100)).ShouldBe(["1: buy 1 @ 100", "3: sell 1 @ 101.5"]);
        new OrderScript().At(0, OrderScript.Buy(1) with { TakeProfit = 101.3m })
            .Fills(options, (100, 101, 99, 100), (100, 101.4, 99, 100), (100, 102, 99, 100), (100, 101, 99, 100)).ShouldBe(["1: buy 1 @ 100", "2: sell 1 @ 101.5"]);
    }

    [Fact]
    public void A_limit_keeps_its_price_where_the_tick_becomes_coarser()
    {
        var options = Free(new CostOptions { Rules = [new RuleHistory([new(default, 0.1m, null, null), new(Flat100[2].OpenTime, 0.5m, null, null)])] });
        new OrderScript().At(0, OrderScript.BuyLimit(1, 98.72m)).Fills(options, (100, 101, 99, 100), (100, 101, 99, 100), (100, 101, 98, 100), (100, 101, 99, 100)).ShouldBe(["2: buy 1 @ 98.5"]);
    }

    [Fact]
    public void A_position_of_smaller_lots_is_closed_whole()
    {
        var options = Free(new CostOptions { Rules = [new RuleHistory([new(default, null, 0.01m, null), new(Flat100[2].OpenTime, null, 1, null)])] });
        var flat = Enumerable.Repeat((100.0, 101.0, 99.0, 100.0), 4).ToArray();
        foreach (var close in (OrderRequest[])[OrderScript.Sell(6.67m), OrderScript.Sell(20) with { ReduceOnly = true }])
        {
            var script = new OrderScript().At(0, OrderScript.Buy(6.67m)).At(1, close);
            script.Fills(options, flat).ShouldBe(["1: buy 6.67 @ 100", "2: sell 6.67 @ 100"]);
            script.Result.Orders!.Working.ShouldBe(0);
        }

        var part = new OrderScript().At(0, OrderScript.Buy(6.67m) with { StopLoss = 90 }).At(1, OrderScript.Sell(5.5m));
        part.Fills(options, (100, 101, 99, 100), (100, 101, 99, 100), (100, 101, 99, 100), (95, 95, 89, 90), (90, 90, 90, 90)).ShouldBe(["1: buy 6.67 @ 100", "2: sell 5 @ 100", "3: sell 1.67 @ 90"]);
    }

    [Fact]
    public void A_reduction_in_lots_is_done_when_less_than_a_lot_is_left_of_it()
    {
        // 499.9 are held, 200 are wanted, at lots of 7 196: of the 303.9 too many 43 lots go, 301, and the horizon ends the rest.
        var options = Free(new CostOptions { Rules = [new RuleHistory([new(default, null, 0.1m, null), new(Flat100[2].OpenTime, null, 7, null)])] }) with { Execution = new ExecutionOptions { VolumeShare = 1 } };
        var days = BarSeries.From(Flat100.Key, true, [.. Enumerable.Range(0, 7).Select(i => Flat100[0] with { OpenTime = Runs.Start + TimeSpan.FromDays(i), Volume = 1_000 })]);
        var script = new Script().At(0, Direction.Long, s => s.With(0.4999)).At(1, Direction.Long, s => s.With(0.2) with { Resizes = true, Horizon = TimeSpan.FromDays(2) });
        var result = Runs.Run(script, options, days);
        result.Trades.Select(t => (t.Quantity, t.Reason.ToString())).ShouldBe([(301m, "script"), (198.9m, "horizon")]);
    }

    [Fact]
    public void Rules_that_are_not_known_are_told()
    {
        var rules = new RuleHistory([new(Flat100[2].OpenTime, 0.5m, 7, 10)]);
        Runs.Run(Half(), Free(new CostOptions { Rules = [rules] }), Flat100).Warnings.ShouldHaveSingleItem().ShouldContain("not known for the time");
        Runs.Run(Half(), Free(new CostOptions { Rules = [rules with { Rules = [rules.Rules[0] with { From = default }] }], RulesAreTodays = true }), Flat100)
            .Warnings.ShouldHaveSingleItem().ShouldContain("of today were assumed");
    }

    [Fact]
    public void The_benchmark_pays_the_same()
    {
        var options = Free(new CostOptions { Fees = [Tiers], Spread = new SpreadOptions(20), Rules = [new RuleHistory([new(default, 0.5m, 3, null)])] });
        var result = Runs.Run(Runs.BuyHold(), options, Flat100);
        result.Metrics.BenchmarkReturn.ShouldBe(result.Metrics.TotalReturn);
        result.OpenPositions[0].EntryPrice.ShouldBe(100.5m);
    }

    [Fact]
    public void Options_out_of_range_are_all_named()
    {
        var wrong = new CostOptions { MakerBps = 2_000, BorrowApr = -1, Spread = new SpreadOptions(-1), Impact = new ImpactOptions(ImpactLaw.Linear, 0), Margin = new MarginOptions(MarginMode.Cross, 0.5m, 0, []) };
        var message = Should.Throw<ConfigurationException>(() => Free(wrong).Validate()).Message;
        foreach (var name in (string[])["maker-bps", "borrow-apr", "spread-bps", "impact", "leverage", "exposure"]) message.ShouldContain(name);
    }

    private static BacktestOptions Free(CostOptions costs) => Runs.Free with { Costs = costs };

    private static Script Half(double? stop = null, double? target = null) => new Script().At(0, Direction.Long, s => s.With(0.5, stop, target));
}
