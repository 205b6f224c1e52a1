using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Strategies;

namespace Mts.UnitTests.Strategies;

public sealed class DonchianTests
{
    // Ranges of 2 each, no gaps: the average true range is 2.
    private static readonly (double High, double Low, double Close)[] Breakout = [(10, 8, 9), (11, 9, 10), (12, 10, 11.5)];

    private static IStrategy Turtle(double stop = 1, bool sellsShort = false, int entry = 2, int exit = 1, int atr = 2) => new StrategyCatalog().Create(
        "Donchian",
        new Dictionary<string, string> { ["entry"] = $"{entry}", ["exit"] = $"{exit}", ["atr"] = $"{atr}", ["stop"] = $"{stop}", ["short"] = sellsShort ? "1" : "0" });

    private static BarSeries Bars(params (double High, double Low, double Close)[] bars) => BarSeries.From(
        new SeriesKey("test", new Symbol("BTC", "USDT"), Interval.Day), true,
        [.. bars.Select((b, i) => new Bar(Days.At(i), b.Close, b.High, b.Low, b.Close, 1))]);

    [Fact]
    public void Buys_above_the_high_of_the_bars_before_and_ends_below_their_low()
    {
        var signals = StrategyRun.Of(Turtle(), Bars([.. Breakout, (12.5, 10.5, 12), (12.2, 10.2, 10.4)]));
        signals.Select(s => (s.Direction, s.Time, s.Stop, s.Reason)).ShouldBe(
        [
            (Direction.Long, Days.At(3), 9.5, "close 11.5 above the high of the 2 bars before, 11; stop 9.5, 1 × ATR2 2"),
            (Direction.Flat, Days.At(5), null, "close 10.4 below the low of the 1 bars before, 10.5"),
        ]);
    }

    [Fact]
    public void A_close_at_the_high_is_no_breakout_nor_is_a_high_without_a_close() =>
        StrategyRun.Of(Turtle(), Bars((10, 8, 9), (11, 9, 10), (14, 10, 11))).ShouldBeEmpty();

    [Fact]
    public void Knows_when_its_stop_was_hit_and_takes_the_next_breakout()
    {
        var signals = StrategyRun.Of(Turtle(), Bars([.. Breakout, (12, 9.5, 11.9), (13, 11, 12.5)]));
        signals.Select(s => (s.Direction, s.Time)).ShouldBe([(Direction.Long, Days.At(3)), (Direction.Flat, Days.At(4)), (Direction.Long, Days.At(5))]);
        signals[1].Reason.ShouldBe("low 9.5 ≤ stop 9.5");
    }

    [Fact]
    public void Sells_short_the_other_way_round_where_that_is_asked_for()
    {
        var bars = Breakout.Select(b => (20 - b.Low, 20 - b.High, 20 - b.Close)).ToArray();
        StrategyRun.Of(Turtle(), Bars(bars)).ShouldBeEmpty();
        var signals = StrategyRun.Of(Turtle(sellsShort: true), Bars([.. bars, (10.5, 9, 9.5)]));
        signals.Select(s => (s.Direction, s.Time, s.Stop, s.Reason)).ShouldBe(
        [
            (Direction.Short, Days.At(3), 10.5, "close 8.5 below the low of the 2 bars before, 9; stop 10.5, 1 × ATR2 2"),
            (Direction.Flat, Days.At(4), null, "high 10.5 ≥ stop 10.5"),
        ]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void Has_no_stop_where_none_is_asked_for_or_it_would_lie_below_zero(double stop) =>
        StrategyRun.Of(Turtle(stop), Bars(Breakout)).ShouldHaveSingleItem().Stop.ShouldBeNull();

    [Fact]
    public void Agrees_with_plain_maxima_over_a_random_market()
    {
        var closes = Days.Walk(11, 500);
        var bars = closes.Select((c, i) => (High: c * (1 + (0.001 * (i % 7))), Low: c * (1 - (0.001 * (i % 5))), Close: c)).ToArray();
        var expected = new List<(Direction, int)>();
        var isLong = false;
        for (var i = 20; i < bars.Length; i++)
        {
            var turns = isLong ? bars[i].Close < bars[(i - 10)..i].Min(b => b.Low) : bars[i].Close > bars[(i - 20)..i].Max(b => b.High);
            if (!turns) continue;
            isLong = !isLong;
            expected.Add((isLong ? Direction.Long : Direction.Flat, i + 1));
        }

        expected.Count.ShouldBeGreaterThan(5);
        StrategyRun.Of(Turtle(stop: 0, entry: 20, exit: 10, atr: 20), Bars(bars)).Select(s => (s.Direction, (s.Time - Days.Start).Days)).ShouldBe(expected);
    }

    [Fact]
    public void Refuses_a_stop_within_the_noise() => Should.Throw<ConfigurationException>(() => Turtle(stop: 0.001)).Message.ShouldContain("at least 0.01");
}
