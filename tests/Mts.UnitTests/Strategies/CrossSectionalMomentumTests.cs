using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Strategies;

namespace Mts.UnitTests.Strategies;

public sealed class CrossSectionalMomentumTests
{
    private static readonly BarSeries[] Market =
    [
        Days.Of("AAA", 100, 110, 110, 99),
        Days.Of("BBB", 100, 100, 120, 126),
        Days.Of("CCC", 100, 99, 100, 101),
    ];

    private static IStrategy Best(int lookback, int top, int rebalance) => new StrategyCatalog().Create(
        "CrossSectionalMomentum", new Dictionary<string, string> { ["lookback"] = $"{lookback}", ["top"] = $"{top}", ["rebalance"] = $"{rebalance}" });

    [Fact]
    public void Holds_the_best_and_chooses_anew_only_when_it_is_time()
    {
        // Day 2: 10, 0, −1 %. Day 3 would be 0, 20, 1 %. Day 4: −10, 5, 1 %.
        StrategyRun.Of(Best(1, 1, 2), Market).Select(s => (s.Asset, s.Direction, s.Time, s.Reason)).ShouldBe(
        [
            ("AAA", Direction.Long, Days.At(2), "return over 1 bars 10 %, rank 1 of 3, top 1 held"),
            ("AAA", Direction.Flat, Days.At(4), "return over 1 bars -10 %, rank 3 of 3, top 1 held"),
            ("BBB", Direction.Long, Days.At(4), "return over 1 bars 5 %, rank 1 of 3, top 1 held"),
        ]);
    }

    [Fact]
    public void Gives_each_an_equal_share_and_leaves_what_stays()
    {
        var signals = StrategyRun.Of(Best(1, 2, 2), Market);
        signals.Select(s => (s.Asset, s.Direction, s.Time)).ShouldBe(
        [
            ("AAA", Direction.Long, Days.At(2)), ("BBB", Direction.Long, Days.At(2)),
            ("AAA", Direction.Flat, Days.At(4)), ("CCC", Direction.Long, Days.At(4)),
        ]);
        signals.ShouldAllBe(s => s.PositionSize == 0.5);
    }

    [Fact]
    public void The_earlier_instrument_goes_first_at_equal_returns() =>
        StrategyRun.Of(Best(1, 1, 1), Days.Of("AAA", 1, 2), Days.Of("BBB", 2, 4)).ShouldHaveSingleItem().Asset.ShouldBe("AAA");

    [Fact]
    public void Ranks_only_what_has_a_bar_now_and_enough_before()
    {
        // BBB begins two days later and rises the most, but has no return before its second bar.
        var late = BarSeries.From(new SeriesKey("test", new Symbol("BBB", "USDT"), Interval.Day), true, [.. new[] { 5.0, 50 }.Select((c, i) => new Bar(Days.At(i + 2), c, c, c, c, 1))]);
        StrategyRun.Of(Best(1, 1, 1), Days.Of("AAA", 1, 2, 3, 4), late).Select(s => (s.Asset, s.Direction, s.Time)).ShouldBe(
            [("AAA", Direction.Long, Days.At(2)), ("AAA", Direction.Flat, Days.At(4)), ("BBB", Direction.Long, Days.At(4))]);
    }

    [Fact]
    public void Gives_up_what_has_no_bar_and_says_so_at_its_next_one()
    {
        var halted = BarSeries.From(new SeriesKey("test", new Symbol("AAA", "USDT"), Interval.Day), true, [.. new[] { (0, 1.0), (1, 2), (2, 3), (5, 3) }.Select(b => new Bar(Days.At(b.Item1), b.Item2, b.Item2, b.Item2, b.Item2, 1))]);
        StrategyRun.Of(Best(1, 1, 1), halted, Days.Of("BBB", 1, 1, 1, 1, 2, 3)).Select(s => (s.Asset, s.Direction, s.Time, s.Reason)).ShouldBe(
        [
            ("AAA", Direction.Long, Days.At(2), "return over 1 bars 100 %, rank 1 of 2, top 1 held"),
            ("BBB", Direction.Long, Days.At(4), "return over 1 bars 0 %, rank 1 of 1, top 1 held"),
            ("AAA", Direction.Flat, Days.At(6), $"no bar to rank among the 1 that have one, top 1 held; wanted since {Days.At(4)}"),
        ]);
    }

    [Fact]
    public void Needs_something_to_choose_from()
    {
        Best(30, 3, 7).Needs.MinInstruments.ShouldBe(4);
        Best(30, 3, 7).Needs.Capital.ShouldBe(CapitalSharing.Shared);
    }
}
