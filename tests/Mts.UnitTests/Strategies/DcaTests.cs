using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Strategies;
using Mts.UnitTests.Engine;

namespace Mts.UnitTests.Strategies;

public sealed class DcaTests
{
    private static IStrategy Dca(string part, string days) => new StrategyCatalog().Create("Dca", new Dictionary<string, string> { ["part"] = part, ["every_days"] = days });

    [Fact]
    public void Buys_a_part_of_the_first_capital_every_few_days_until_all_is_spent()
    {
        var signals = StrategyRun.Of(Dca("0.25", "2"), Days.Of([.. Enumerable.Repeat(100.0, 20)]));
        signals.Select(s => (s.Time, s.PositionSize)).ShouldBe([(Days.At(1), 0.25), (Days.At(3), 0.5), (Days.At(5), 0.75), (Days.At(7), 1.0)]);
        signals.ShouldAllBe(s => s.Direction == Direction.Long && s.Resizes);
        signals[1].Reason.ShouldBe("purchase 2: 25 % of the first capital, 50 % of equity then held");
    }

    [Fact]
    public void Each_purchase_is_for_the_same_money_whatever_the_price()
    {
        // 100 of 1000 at each close, bought at the next open, which is the same price: 1, 0.5 and 2 units.
        var result = Runs.Run(Dca("0.1", "2"), Runs.Free with { Capital = 1_000 }, Runs.Closes(100, 100, 200, 200, 50, 50));
        result.OpenPositions.ShouldHaveSingleItem().Quantity.ShouldBe(3.5m, 1e-6m);
        result.Metrics.FinalEquity.ShouldBe(700 + (3.5m * 50), 1e-4m);
    }

    // Ten purchases of a tenth while the price rises by half from each to the next.
    private static readonly double[] Rise = [.. Enumerable.Range(0, 10).Select(i => 100 * Math.Pow(1.5, i))];

    [Fact]
    public void Slippage_on_what_is_held_already_does_not_make_purchases_smaller()
    {
        // 100 of 1000 each, at 1 % of slippage: 0.99 units, 0.66, 0.44 … Each may lag by 1 % of what is held until the next.
        var result = Runs.Run(Dca("0.1", "2"), Runs.Free with { Capital = 1_000, SlippageBps = 100 }, Runs.Closes([.. Rise.SelectMany(p => new[] { p, p })]));
        ((double)result.OpenPositions.ShouldHaveSingleItem().Quantity).ShouldBe(Rise.Sum(p => 100 / (p * 1.01)), 0.1);
    }

    [Fact]
    public void It_falls_silent_once_all_is_due_and_nothing_more_can_be_bought()
    {
        var market = Runs.Closes([.. Rise.SelectMany(p => new[] { p, p }), .. Enumerable.Repeat(Rise[^1], 40)]);
        Runs.Run(Dca("0.1", "2"), Runs.Free with { Capital = 1_000, SlippageBps = 20 }, market).Signals.Count.ShouldBeInRange(10, 12);
    }

    [Fact]
    public void A_day_without_a_bar_is_made_up_for_at_the_next_one()
    {
        var series = BarSeries.From(
            new SeriesKey("test", new Symbol("BTC", "USDT"), Interval.Day), true,
            [.. new[] { 0, 1, 4, 5, 6, 7 }.Select(i => new Bar(Days.At(i), 100, 100, 100, 100, 1))]);
        StrategyRun.Of(Dca("0.1", "2"), series).Select(s => s.Time).ShouldBe([Days.At(1), Days.At(5), Days.At(7)]);
    }
}
