using Mts.Core;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Strategies;

namespace Mts.UnitTests.Strategies;

public sealed class MacdTests
{
    private static IStrategy Macd(int fast, int slow, int signal, bool sellsShort = false) => new StrategyCatalog().Create(
        "Macd", new Dictionary<string, string> { ["fast"] = $"{fast}", ["slow"] = $"{slow}", ["signal"] = $"{signal}", ["short"] = sellsShort ? "1" : "0" });

    [Theory]
    [InlineData(false, Direction.Flat)]
    [InlineData(true, Direction.Short)]
    public void Follows_the_side_of_the_line(bool sellsShort, Direction below)
    {
        // Spans of 3 halve the weight at each step: 1.9375 in all after 5 closes, 1.96875 after 6.
        // Day 5: slow mean (8 + 4 · 0.9375)/1.9375 = 6.06451613, line 1.93548387, signal line/1.9375.
        // Day 6: slow mean (4 + 11.75/2)/1.96875 = 5.01587302, line −1.01587302, signal (line + 1.93548387/2)/1.96875.
        StrategyRun.Of(Macd(1, 3, 3, sellsShort), Days.Of(4, 4, 4, 4, 8, 4)).Select(s => (s.Direction, s.Time, s.Reason)).ShouldBe(
        [
            (Direction.Long, Days.At(5), "MACD(1,3) 1.93548387 above its signal(3) 0.99895942"),
            (below, Days.At(6), "MACD(1,3) -1.01587302 below its signal(3) -0.02444753"),
        ]);
    }

    [Fact]
    public void Waits_for_the_spans_of_slow_and_signal()
    {
        double[] rising = [.. Enumerable.Range(0, 40).Select(i => 100.0 + (i * i))];
        var first = StrategyRun.Of(Macd(12, 26, 9), Days.Of(rising)).ShouldHaveSingleItem();
        first.Time.ShouldBe(Days.At(34));
        Macd(12, 26, 9).Needs.WarmUpBars.ShouldBe(34);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(67_123.45)]
    public void Rounding_is_no_crossing(double price) => StrategyRun.Of(Macd(12, 26, 9, sellsShort: true), Days.Of([.. Enumerable.Repeat(price, 300)])).ShouldBeEmpty();

    [Fact]
    public void Agrees_with_weighted_sums()
    {
        var closes = Days.Walk(5, 300);
        var lines = Enumerable.Range(1, closes.Length).Select(n => Mean(closes[..n], 12) - Mean(closes[..n], 26)).ToArray();
        var expected = new List<(Direction, int)>();
        var state = Direction.Flat;
        for (var n = 34; n <= closes.Length; n++)
        {
            var wanted = lines[n - 1] > Mean(lines[..n], 9) ? Direction.Long : Direction.Flat;
            if (wanted != state) expected.Add((wanted, n));
            state = wanted;
        }

        expected.Count.ShouldBeGreaterThan(5);
        StrategyRun.Of(Macd(12, 26, 9), Days.Of(closes)).Select(s => (s.Direction, (s.Time - Days.Start).Days)).ShouldBe(expected);

        static double Mean(double[] values, int span)
        {
            var weights = Enumerable.Range(0, values.Length).Select(i => Math.Pow(1 - (2.0 / (span + 1)), values.Length - 1 - i)).ToArray();
            return values.Zip(weights, (v, w) => v * w).Sum() / weights.Sum();
        }
    }

    [Fact]
    public void Refuses_a_fast_mean_that_is_not_faster() => Should.Throw<ConfigurationException>(() => Macd(26, 26, 9)).Message.ShouldContain("must be less than slow");
}
