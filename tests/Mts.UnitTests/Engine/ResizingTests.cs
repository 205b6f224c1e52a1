using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Risk;
using Mts.Core.Signals;
using Mts.Engine;

namespace Mts.UnitTests.Engine;

/// <summary>Signals that move a position to their size; the figures are worked out by hand beside them.</summary>
public sealed class ResizingTests
{
    private static readonly BarSeries Rising = Runs.Days((100, 101, 99, 100), (100, 101, 99, 100), (200, 201, 199, 200), (200, 201, 199, 200), (250, 251, 249, 250));

    [Fact]
    public void A_position_grows_to_its_size_at_the_mean_of_its_entry_prices()
    {
        // 250 at 100; at 200 equity is 75,000 + 50,000 = 125,000, of which 0.8 are 500: 250 more.
        var script = new Script().At(0, Direction.Long, s => s.With(0.25)).At(1, Direction.Long, s => Resized(s, 0.8)).At(3, Direction.Flat);
        var result = Runs.Run(script, Runs.Free, Rising);
        var trade = result.Trades.ShouldHaveSingleItem();
        (trade.Quantity, trade.EntryPrice, trade.ExitPrice, trade.Pnl, trade.EntryTime).ShouldBe((500m, 150m, 250m, 50_000m, Rising[1].OpenTime));
    }

    [Fact]
    public void A_position_shrinks_to_its_size_by_a_round_trip_of_the_part()
    {
        // 1,000 at 100; at 200 equity is 200,000, of which 0.25 are 250: 750 are sold.
        var script = new Script().At(0, Direction.Long).At(1, Direction.Long, s => Resized(s, 0.25));
        var result = Runs.Run(script, Runs.Free, Rising);
        var trade = result.Trades.ShouldHaveSingleItem();
        (trade.Quantity, trade.EntryPrice, trade.ExitPrice, trade.Pnl).ShouldBe((750m, 100m, 200m, 75_000m));
        var rest = result.OpenPositions.ShouldHaveSingleItem();
        (rest.Quantity, rest.EntryPrice, rest.UnrealizedPnl).ShouldBe((250m, 100m, 37_500m));
    }

    [Fact]
    public void A_short_is_resized_as_well()
    {
        // 500 short at 100, equity at 200 is 50,000: 250 short; 250 bought back at a loss of 100 each. At 250 equity is 37,500: 150.
        var script = new Script().At(0, Direction.Short, s => s.With(0.5)).At(1, Direction.Short, s => Resized(s, 1)).At(3, Direction.Short, s => Resized(s, 1));
        var result = Runs.Run(script, Runs.Free with { AllowShort = true }, Rising);
        result.Trades.Select(t => (t.Quantity, t.Pnl)).ShouldBe([(250m, -25_000m), (100m, -15_000m)]);
        result.OpenPositions.ShouldHaveSingleItem().Quantity.ShouldBe(150m);
    }

    [Fact]
    public void Fees_of_a_grown_position_belong_to_its_parts()
    {
        // 250 × 100 at 1 %: 250; 0.5 of 124,750 at 200 are 311.875: 61.875 × 200 at 1 %: 123.75. Then half of 311.875 is given up.
        var costs = new BacktestOptions { FeeBps = 100, SlippageBps = 0 };
        var script = new Script().At(0, Direction.Long, s => s.With(0.25)).At(1, Direction.Long, s => Resized(s, 0.5)).At(2, Direction.Long, s => Resized(s, 0.25));
        var result = Runs.Run(script, costs, Rising);
        // At the next 200 equity is 124,750 − 123.75 = 124,626.25, of which a quarter are 155.7828125: 156.0921875 are sold for 31,218.4375.
        var trade = result.Trades.ShouldHaveSingleItem();
        trade.Quantity.ShouldBe(156.0921875m);
        trade.Fees.ShouldBe(312.184375m + (373.75m * 156.0921875m / 311.875m), 0.00000001m);
        result.Metrics.Fees.ShouldBe(trade.Fees + result.OpenPositions[0].Fees);
        result.Metrics.FinalEquity.ShouldBe(100_000m + trade.Pnl + result.OpenPositions[0].UnrealizedPnl);
    }

    [Fact]
    public void A_position_that_is_where_it_should_be_is_not_moved_by_its_own_costs()
    {
        var flat = Runs.Closes([.. Enumerable.Repeat(100.0, 12)]);
        var script = new Script();
        for (var bar = 0; bar < 11; bar++) script.At(bar, Direction.Long, s => Resized(s, 1));
        var result = Runs.Run(script, new BacktestOptions(), flat);
        result.Trades.ShouldBeEmpty();
        result.Metrics.Fees.ShouldBe(result.OpenPositions[0].Fees);
    }

    [Fact]
    public void A_rebalance_sells_before_it_buys()
    {
        var (a, b) = (Runs.Bars("ETH/USDT", Interval.Day, [.. Enumerable.Repeat((10.0, 11.0, 9.0, 10.0), 5)]), Runs.Bars("BTC/USDT", Interval.Day, [.. Enumerable.Repeat((100.0, 101.0, 99.0, 100.0), 5)]));
        var script = new Script()
            .At(0, Direction.Long, s => Resized(s, 0.2), instrument: 0).At(0, Direction.Long, s => Resized(s, 0.8), instrument: 1)
            .At(2, Direction.Long, s => Resized(s, 0.7), instrument: 0).At(2, Direction.Long, s => Resized(s, 0.3), instrument: 1);
        var result = Runs.Run(script, Runs.Free, a, b);
        result.OpenPositions.Select(p => p.Quantity).ShouldBe([7_000m, 300m]);
        result.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public void The_levels_of_the_position_are_those_of_the_last_size()
    {
        var script = new Script().At(0, Direction.Long, s => s.With(0.5, stop: 90)).At(1, Direction.Long, s => Resized(s, 0.5) with { Stop = 99.5 });
        var trade = Runs.Run(script, Runs.Free, Runs.Days([.. Enumerable.Repeat((100.0, 101.0, 99.0, 100.0), 4)])).Trades.ShouldHaveSingleItem();
        (trade.ExitPrice, trade.ExitTime, trade.Reason).ShouldBe((99.5m, Runs.Start + TimeSpan.FromDays(2), "stop"));
    }

    [Fact]
    public void A_size_of_nothing_closes_and_the_opposite_reverses()
    {
        var closed = Runs.Run(new Script().At(0, Direction.Long).At(1, Direction.Long, s => Resized(s, 0)).At(2, Direction.Long, s => Resized(s, 0)), Runs.Free, Rising);
        closed.OpenPositions.ShouldBeEmpty();
        closed.Trades.ShouldHaveSingleItem().Quantity.ShouldBe(1_000m);
        closed.Refusals.ShouldBeEmpty();

        var turned = Runs.Run(new Script().At(0, Direction.Long).At(1, Direction.Short, s => Resized(s, 0.5)), Runs.Free with { AllowShort = true }, Rising);
        turned.Trades.ShouldHaveSingleItem().Quantity.ShouldBe(1_000m);
        turned.OpenPositions.ShouldHaveSingleItem().Quantity.ShouldBe(500m);
    }

    [Fact]
    public void A_resized_position_obeys_the_limits()
    {
        var script = new Script().At(0, Direction.Long, s => s.With(0.25)).At(1, Direction.Long, s => Resized(s, 0.9));
        var inputs = Runs.Inputs(Rising);
        var result = Runs.Run(script, Runs.Free, inputs, new RiskPolicy(new RiskOptions { MaxPosition = 0.4, MaxAssetExposure = 1, MaxTotalExposure = 1, MaxDrawdown = 1, MaxDailyLoss = 1, StopDistance = 0 }));
        result.OpenPositions.ShouldHaveSingleItem().Quantity.ShouldBe(250m); // 0.4 of 125,000 at 200
    }

    [Fact]
    public void A_resize_on_the_last_bar_is_a_warning() =>
        Runs.Run(new Script().At(0, Direction.Long, s => s.With(0.25)).At(4, Direction.Long, s => Resized(s, 0.9)), Runs.Free, Rising).Warnings.ShouldContain(w => w.Contains("last bar"));

    [Fact]
    public void Money_is_conserved_to_the_last_digit()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            BarSeries[] series = [Runs.Random(seed, 200, "BTC/USDT"), Runs.Random(seed + 100, 200, "ETH/USDT")];
            var result = Runs.Run(Scripted(seed), new BacktestOptions { AllowShort = true }, series);
            result.Metrics.FinalEquity.ShouldBe(100_000m + result.Trades.Sum(t => t.Pnl) + result.OpenPositions.Sum(p => p.UnrealizedPnl), $"seed {seed}");
            result.Metrics.Fees.ShouldBe(result.Trades.Sum(t => t.Fees) + result.OpenPositions.Sum(p => p.Fees), $"seed {seed}");
            result.Trades.Count.ShouldBeGreaterThan(20);
        }
    }

    internal static Script Scripted(int seed)
    {
        var random = new Random(seed);
        var script = new Script(CapitalSharing.Shared);
        for (var i = 0; i < 2; i++)
        {
            for (var bar = 0; bar < 200; bar += random.Next(1, 4))
            {
                var (direction, size) = ((Direction)(random.Next(8) == 0 ? 0 : random.Next(4) == 0 ? -1 : 1), random.NextDouble() * 0.5);
                script.At(bar, direction, s => Resized(s, size), i);
            }
        }

        return script;
    }

    private static Signal Resized(Signal signal, double size) => signal with { PositionSize = size, Resizes = true };
}
