using Mts.Core;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Strategies;
using Mts.Strategies.SmaCross;

namespace Mts.UnitTests.Strategies;

public sealed class SmaCrossTests
{
    private static IStrategy Cross(int fast, int slow) =>
        new StrategyCatalog().Create("SmaCross", new Dictionary<string, string> { ["fast"] = $"{fast}", ["slow"] = $"{slow}" });

    [Fact]
    public void Acts_by_state_from_the_first_bar_with_a_slow_mean()
    {
        // Means of 2 and 3 at day 2: 2.5 over 2; at day 4: 2 under 2 1/3.
        var signals = StrategyRun.Of(Cross(2, 3), Days.Of(1, 2, 3, 3, 1, 1));
        signals.Select(s => (s.Direction, s.Time)).ShouldBe([(Direction.Long, Days.At(3)), (Direction.Flat, Days.At(5))]);
        signals[0].Reason.ShouldBe("SMA2 2.5 above SMA3 2");
    }

    [Fact]
    public void Stays_flat_without_a_signal_while_the_fast_mean_has_never_been_above() =>
        StrategyRun.Of(Cross(2, 3), Days.Of(5, 4, 3, 2, 1)).ShouldBeEmpty();

    [Fact]
    public void Changes_nothing_at_exact_equality_of_prices_with_eight_decimals()
    {
        // Constant 0.1 from day 3 on: both means are exactly equal, where sums of doubles would differ by an ulp.
        var signals = StrategyRun.Of(Cross(3, 10), Days.Of([.. Enumerable.Repeat(0.09999999, 10), 0.1, .. Enumerable.Repeat(0.1, 30)]));
        signals.Select(s => s.Direction).ShouldBe([Direction.Long]);
        StrategyRun.Of(Cross(3, 10), Days.Of([.. Enumerable.Repeat(0.1, 40)])).ShouldBeEmpty();
    }

    [Fact]
    public void Agrees_with_sums_of_decimals()
    {
        var closes = Days.Walk(7, 600).Select(c => Math.Round(c, 2)).ToArray();
        var expected = new List<(Direction, int)>();
        var state = Direction.Flat;
        for (var i = 49; i < closes.Length; i++)
        {
            var fast = closes[(i - 9)..(i + 1)].Sum(c => (decimal)c) / 10;
            var slow = closes[(i - 49)..(i + 1)].Sum(c => (decimal)c) / 50;
            var wanted = fast > slow ? Direction.Long : fast < slow ? Direction.Flat : state;
            if (wanted != state) expected.Add((wanted, i + 1));
            state = wanted;
        }

        expected.Count.ShouldBeGreaterThan(5);
        StrategyRun.Of(Cross(10, 50), Days.Of(closes)).Select(s => (s.Direction, (s.Time - Days.Start).Days)).ShouldBe(expected);
    }

    [Fact]
    public void Repeats_a_signal_until_the_position_follows()
    {
        var run = new StrategyRun([Days.Of(1, 2, 3, 4)]) { Trades = false };
        run.Run(Cross(1, 2)).Select(s => s.Direction).ShouldBe([Direction.Long, Direction.Long, Direction.Long]);
    }

    [Fact]
    public void Keeps_instruments_apart()
    {
        var signals = StrategyRun.Of(Cross(1, 2), Days.Of("BTC", 1, 2, 3), Days.Of("ETH", 3, 2, 1));
        signals.ShouldAllBe(s => s.Asset == "BTC" && s.Instrument == 0);
        Cross(1, 2).Needs.Capital.ShouldBe(CapitalSharing.Equal);
    }

    [Fact]
    public void Refuses_a_fast_mean_that_is_not_faster() =>
        Should.Throw<ConfigurationException>(() => Cross(50, 50)).Message.ShouldContain("must be less than slow");

    [Theory]
    [InlineData(43250.12345678, 1, 42000.5)]
    [InlineData(0.00000001, -1, 0.00000002)]
    [InlineData(1, 0, 1)]
    [InlineData(12345678901.25, 1, 3)]
    public void The_pattern_of_a_reason_is_its_words_without_their_numbers(double fast, int order, double slow)
    {
        var reason = new MeanReason(10, fast, order, 50, slow);
        reason.Pattern.ShouldBe(ReasonPattern.Of(reason.ToString()));
    }
}
