using Mts.Core;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Strategies;

namespace Mts.UnitTests.Strategies;

public sealed class RsiReversalTests
{
    private static IStrategy Rsi(int length, bool sellsShort = false) =>
        new StrategyCatalog().Create("RsiReversal", new Dictionary<string, string> { ["length"] = $"{length}", ["short"] = sellsShort ? "1" : "0" });

    [Fact]
    public void Buys_an_oversold_price_and_ends_when_it_has_recovered()
    {
        // Changes −1, −1, +3: first means rise 0, fall 1; then rise 1.5, fall 0.5: 100 · 1.5/2.
        var signals = StrategyRun.Of(Rsi(2), Days.Of(10, 9, 8, 11, 14));
        signals.Select(s => (s.Direction, s.Time, s.Reason)).ShouldBe(
            [(Direction.Long, Days.At(3), "RSI2 0 < 30"), (Direction.Flat, Days.At(4), "RSI2 75 > 50")]);
        signals.ShouldAllBe(s => s.PositionSize == 1 && s.Stop == null && s.Target == null);
    }

    [Fact]
    public void Holds_between_the_levels()
    {
        // +1 after the fall: rise 0.5, fall 0.5, an index of 50, which is not above 50.
        StrategyRun.Of(Rsi(2), Days.Of(10, 9, 8, 9)).Select(s => s.Direction).ShouldBe([Direction.Long]);
    }

    [Fact]
    public void Sells_an_overbought_price_short_where_that_is_asked_for()
    {
        // −3 after the rise: rise 0.75, fall 1.75: 100 · 0.75/2.5.
        StrategyRun.Of(Rsi(2, sellsShort: true), Days.Of(10, 9, 8, 11, 8)).Select(s => (s.Direction, s.Time, s.Reason)).ShouldBe(
        [
            (Direction.Long, Days.At(3), "RSI2 0 < 30"),
            (Direction.Short, Days.At(4), "RSI2 75 > 70"),
            (Direction.Flat, Days.At(5), "RSI2 30 < 50"),
        ]);
    }

    [Fact]
    public void Is_silent_over_a_price_that_has_never_moved_and_over_a_rise_from_flat()
    {
        StrategyRun.Of(Rsi(2), Days.Of([.. Enumerable.Repeat(0.1, 50)])).ShouldBeEmpty();
        StrategyRun.Of(Rsi(2), Days.Of(1, 2, 3, 4, 5)).ShouldBeEmpty();
    }

    [Fact]
    public void Repeats_itself_until_the_position_follows_and_says_since_when()
    {
        var signals = new StrategyRun([Days.Of(10, 9, 8, 7)]) { Trades = false }.Run(Rsi(2));
        signals.Select(s => s.Reason).ShouldBe(["RSI2 0 < 30", $"RSI2 0 < 30; wanted since {Days.At(3)}"]);
    }

    [Theory]
    [InlineData("low", "50")]
    [InlineData("high", "50")]
    public void Refuses_levels_in_the_wrong_order(string name, string value) => Should.Throw<ConfigurationException>(() =>
        new StrategyCatalog().Create("RsiReversal", new Dictionary<string, string> { [name] = value })).Message.ShouldContain("must be less than exit");
}
