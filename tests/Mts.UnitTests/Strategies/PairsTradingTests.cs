using Mts.Core;
using Mts.Core.Indicators.Statistics;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Strategies;
using Mts.Strategies.PairsTrading;

namespace Mts.UnitTests.Strategies;

/// <summary>Expected figures of regressions were computed apart, in Python, from the textbook formulae.</summary>
public sealed class PairsTradingTests
{
    private static readonly double[] Second = [10, 10.5, 10.2, 10.8, 11, 10.7, 11.3, 11.1, 11.6, 11.4, 11.9, 12.1, 11.8, 12.4, 12.2, 12.6, 12.9, 12.7, 13.1, 13.0];
    private static readonly double[] First = [20, 21.1, 20.3, 21.9, 22.0, 21.2, 22.9, 22.0, 23.1, 22.9, 23.6, 24.4, 23.5, 24.7, 24.6, 25.0, 26.0, 25.2, 26.3, 27.5];

    private static IStrategy Pair(params (string Name, string Value)[] parameters) =>
        new StrategyCatalog().Create("PairsTrading", parameters.Prepend(("lookback", "20")).ToDictionary(p => p.Item1, p => p.Item2));

    [Fact]
    public void Regresses_logarithms_and_tests_the_residuals()
    {
        var spread = new Spread(20);
        for (var i = 0; i < 20; i++)
        {
            spread.Measure().ShouldBeNull();
            spread.Add(First[i], Second[i]);
        }

        var figures = spread.Measure()!.Value;
        figures.Beta.ShouldBe(1.0483693732420516, 1e-10);
        figures.Z.ShouldBe(3.316906525636883, 1e-9);
        figures.Statistic.ShouldBe(-3.4422936954038574, 1e-9);
        figures.HalfLife.ShouldBe(0);   // the slope is below −1: a distance is gone within a bar
        var line = LeastSquares.Of(Array.ConvertAll(Second, Math.Log), Array.ConvertAll(First, Math.Log))!.Value;
        line.Intercept.ShouldBe(0.5774715581474612, 1e-10);
        line.SlopeError.ShouldBe(0.03994984624506661, 1e-10);
    }

    [Fact]
    public void Half_of_a_distance_is_gone_in_its_half_life()
    {
        var test = DickeyFuller.Of([8, 4.1, 1.9, 1.2, 0.4, -0.1, 0.2, 3, 1.4, 0.8])!.Value;
        test.Statistic.ShouldBe(-4.651891836735448, 1e-9);
        test.HalfLife!.Value.ShouldBe(1.0209505628484923, 1e-9);
        DickeyFuller.Of([1, 1.1, 1.3, 1.4, 1.6, 1.9, 2, 2.3, 2.6, 3])!.Value.HalfLife.ShouldBeNull();
        DickeyFuller.Of(new double[10]).ShouldBeNull();
        // MacKinnon 2010, table 2: −3.33613 − 6.1101/100 − 6.823/100².
        DickeyFuller.CriticalValue(100).ShouldBe(-3.3979133, 1e-7);
    }

    [Fact]
    public void Sells_the_dearer_and_buys_the_other_by_the_hedge_ratio()
    {
        var signals = StrategyRun.Of(Pair(), Days.Of("AAA", First), Days.Of("BBB", Second));
        signals.Select(s => (s.Asset, s.Direction, s.Time)).ShouldBe([("AAA", Direction.Short, Days.At(20)), ("BBB", Direction.Long, Days.At(20))]);
        (signals[0].PositionSize + signals[1].PositionSize).ShouldBe(1, 1e-12);
        (signals[1].PositionSize / signals[0].PositionSize).ShouldBe(1.0483693732420516, 1e-9);
        signals[0].Reason.ShouldBe("ln AAA/USDT − 1.048 × ln BBB/USDT: z 3.32 beyond ±2; Engle-Granger -3.44 (5 %: -3.66), half-life 0 bars");
    }

    [Fact]
    public void Asks_for_cointegration_where_it_is_told_to() =>
        StrategyRun.Of(Pair(("cointegrated", "1")), Days.Of("AAA", First), Days.Of("BBB", Second)).ShouldBeEmpty();

    [Fact]
    public void Leaves_when_the_distance_has_closed()
    {
        var signals = StrategyRun.Of(Pair(), Days.Of("AAA", [.. First, 26.2, 26.4]), Days.Of("BBB", [.. Second, 13.1, 13.2]));
        signals.Where(s => s.Time > Days.At(20)).Select(s => (s.Asset, s.Direction, s.Time)).ShouldBe(
            [("AAA", Direction.Flat, Days.At(21)), ("BBB", Direction.Flat, Days.At(21))]);
        signals[^1].Reason.ShouldContain("closed: beyond ±0.5");
    }

    [Fact]
    public void Gives_up_beyond_the_stop_and_does_not_come_back_before_the_distance_has_closed()
    {
        var signals = StrategyRun.Of(Pair(("stop", "3.4"), ("entry", "1.9")), Days.Of("AAA", [.. First, 30, 34, 34.1]), Days.Of("BBB", [.. Second, 13, 13, 13]));
        signals.Where(s => s.Asset == "AAA").Select(s => s.Direction).ShouldBe([Direction.Short, Direction.Flat]);
        signals[^1].Reason.ShouldContain("given up: beyond ±3.4");
    }

    [Fact]
    public void Trades_two_instruments_and_no_others()
    {
        Pair().Needs.MinInstruments.ShouldBe(2);
        Should.Throw<ConfigurationException>(() => StrategyRun.Of(Pair(), Days.Of("AAA", 1, 2), Days.Of("BBB", 1, 2), Days.Of("CCC", 1, 2))).Message.ShouldContain("name two");
        Should.Throw<ConfigurationException>(() => Pair(("exit", "2"))).Message.ShouldContain("must be less than entry");
        Should.Throw<ConfigurationException>(() => Pair(("stop", "1"))).Message.ShouldContain("must be more than entry");
    }
}
