using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine;
using Mts.Engine.Allocation;

namespace Mts.UnitTests.Engine;

public sealed class AllocatedStrategyTests
{
    private const int Lookback = 20;
    private static readonly AllocationOptions Equal = new() { Method = AllocationMethod.Equal, Lookback = Lookback };

    [Fact]
    public void Equal_shares_are_bought_and_drift_apart_without_rebalancing()
    {
        // Both rise by nothing until bar 30; then the first doubles.
        var (a, b) = (Market("A/USDT", i => i < 30 ? 100 : 200), Market("B/USDT", _ => 50));
        var result = Run(Hold(), Equal, a, b);
        result.OpenPositions.Select(p => p.Quantity).ShouldBe([500m, 1000m]);
        result.Trades.ShouldBeEmpty();
        result.Metrics.FinalEquity.ShouldBe(150_000m);
    }

    [Fact]
    public void Drift_brings_the_shares_back_at_the_next_open()
    {
        var (a, b) = (Market("A/USDT", i => i < 30 ? 100 : 200), Market("B/USDT", _ => 50));
        var result = Run(Hold(), Equal with { Drift = 0.1 }, a, b);

        // 150,000 at 200 and 50: 375 and 1,500; 125 of the first were sold with 100 of gain each.
        result.OpenPositions.Select(p => p.Quantity).ShouldBe([375m, 1500m]);
        var sold = result.Trades.ShouldHaveSingleItem();
        (sold.Quantity, sold.Pnl, sold.Symbol).ShouldBe((125m, 12_500m, "A/USDT"));
        sold.ExitTime.ShouldBe(new Timestamp(a.OpenTimes[31]));
    }

    [Fact]
    public void A_period_rebalances_by_the_clock_of_the_bars()
    {
        var (a, b) = (Market("A/USDT", i => 100 * Math.Pow(1.01, Math.Max(0, i - 25))), Market("B/USDT", _ => 50));
        var every = Run(Hold(), Equal with { Every = TimeSpan.FromDays(5) }, a, b);
        // First at the close of bar 20, then five, ten … days later: sold at the opens of bars 31, 36 and so on; at that of 26 nothing had moved yet.
        every.Trades.Select(t => t.ExitTime).Distinct().ShouldBe([.. new[] { 31, 36 }.Select(i => new Timestamp(a.OpenTimes[i]))]);
    }

    [Fact]
    public void Nothing_is_bought_before_the_lookback_is_full()
    {
        var fills = Run(Hold(), Equal, Market("A/USDT", _ => 100), Market("B/USDT", _ => 50)).OpenPositions.Select(p => p.EntryTime).Distinct();
        fills.ShouldBe([new Timestamp(Runs.Start.Micros + ((Lookback + 1) * Timestamp.MicrosPerDay))]);
    }

    [Fact]
    public void Who_moves_twice_as_much_gets_half()
    {
        var (a, b) = (Market("A/USDT", i => i % 2 == 0 ? 100 : 102), Market("B/USDT", i => i % 2 == 0 ? 50 : 50.5));
        var result = Run(Hold(), new AllocationOptions { Method = AllocationMethod.InverseVolatility, Lookback = Lookback }, a, b);
        var values = result.OpenPositions.Select(p => (double)(p.Quantity * p.EntryPrice)).ToList();
        (values[1] / values[0]).ShouldBe(2, 0.1); // shrinkage draws the two variances together a little
    }

    [Fact]
    public void A_volatility_target_leaves_cash()
    {
        var wild = Market("A/USDT", i => i % 2 == 0 ? 100 : 110);
        var result = Run(Hold(), Equal with { TargetVolatility = 0.20 }, wild);
        var weight = (double)(result.OpenPositions[0].Quantity * result.OpenPositions[0].EntryPrice) / 100_000;

        // Returns of +10 % and −9.0909 %, ten of each: population deviation 0.0954545 a day, × √365 = 1.823664 a year.
        weight.ShouldBe(0.20 / 1.823664, 1e-3);
    }

    [Fact]
    public void Of_two_that_move_together_one_is_held()
    {
        var result = Run(Hold(), Equal with { MaxCorrelation = 0.9 }, Market("A/USDT", i => i % 3 == 0 ? 100 : 110), Market("B/USDT", i => i % 3 == 0 ? 50 : 55));
        result.OpenPositions.ShouldHaveSingleItem().Symbol.ShouldBe("A/USDT");
    }

    [Fact]
    public void What_is_sold_makes_room_for_the_others()
    {
        var script = Hold().At(35, Direction.Flat, instrument: 1);
        var result = Run(script, Equal, Market("A/USDT", _ => 100), Market("B/USDT", _ => 50));
        result.OpenPositions.ShouldHaveSingleItem().Quantity.ShouldBe(1000m);
        result.Trades.ShouldHaveSingleItem().Symbol.ShouldBe("B/USDT");
    }

    [Fact]
    public void A_position_that_met_its_stop_is_wanted_no_more()
    {
        var a = Market("A/USDT", i => i < 30 ? 100 : 80);
        var script = new Script().At(0, Direction.Long, s => s.With(stop: 90)).At(0, Direction.Long, instrument: 1);
        var result = Run(script, Equal with { Every = TimeSpan.FromDays(1) }, a, Market("B/USDT", _ => 50));
        result.Trades[0].Reason.ShouldBe("stop");
        result.OpenPositions.ShouldHaveSingleItem().Symbol.ShouldBe("B/USDT");
    }

    [Fact]
    public void A_short_counts_as_the_negated_market()
    {
        // The mean of A is below zero: the best portfolio holds it short, and B not at all.
        var script = new Script().At(0, Direction.Short).At(0, Direction.Long, instrument: 1);
        var result = Runs.Run(
            new AllocatedStrategy(script, new AllocationOptions { Method = AllocationMethod.MeanVariance, Lookback = Lookback }), Runs.Free with { AllowShort = true },
            Market("A/USDT", i => 100 - i + (i % 2)), Market("B/USDT", i => 50 - (i * 0.1)));
        result.OpenPositions.ShouldHaveSingleItem().Side.ShouldBe(Side.Sell);
    }

    [Fact]
    public void Weights_over_seeded_markets_stay_within_their_limits()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var options = new AllocationOptions { Method = (AllocationMethod)(seed % 5), Lookback = Lookback, MaxWeight = 0.4, MaxTotal = 0.8, Every = TimeSpan.FromDays(3) };
            var result = Run(Hold(4), options, [.. Enumerable.Range(0, 4).Select(i => Runs.Random((seed * 10) + i, 120, $"{(char)('A' + i)}/USDT"))]);
            result.Signals.ShouldNotBeEmpty();
            foreach (var instant in result.Signals.GroupBy(s => s.Time))
            {
                instant.ShouldAllBe(s => s.PositionSize <= 0.4 + 1e-12);
                instant.Sum(s => s.PositionSize).ShouldBeLessThanOrEqualTo(0.8 + 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(5, 1.0, "allocate-over is 5; allowed is 20 to 10000")]
    [InlineData(90, 0.0, "max-weight is 0; allowed is above 0 to 1")]
    public void A_rule_out_of_range_is_named(int lookback, double weight, string message) =>
        Should.Throw<ConfigurationException>(() => (Equal with { Lookback = lookback, MaxWeight = weight }).Validate()).Message.ShouldBe(message);

    private static Script Hold(int markets = 2)
    {
        var script = new Script();
        for (var i = 0; i < markets; i++) script.At(0, Direction.Long, instrument: i);
        return script;
    }

    private static BacktestResult Run(Script script, AllocationOptions options, params BarSeries[] series) => Runs.Run(new AllocatedStrategy(script, options), Runs.Free, series);

    private static BarSeries Market(string symbol, Func<int, double> close) => Runs.Bars(
        symbol, Interval.Day, [.. Enumerable.Range(0, 40).Select(i => (Open: close(Math.Max(0, i - 1)), Close: close(i))).Select(b => (b.Open, Math.Max(b.Open, b.Close), Math.Min(b.Open, b.Close), b.Close))]);
}
