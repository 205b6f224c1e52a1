using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Strategies;

namespace Mts.UnitTests.Strategies;

public sealed class VolatilityTargetTests
{
    private static IStrategy Target(string band = "0.1") =>
        new StrategyCatalog().Create("VolatilityTarget", new Dictionary<string, string> { ["length"] = "2", ["band"] = band });

    [Fact]
    public void Holds_the_share_that_has_the_volatility_asked_for()
    {
        // ±ln 1.1: a sample deviation of √2 · 0.0953102, × √365 a year.
        var signal = StrategyRun.Of(Target(), Days.Of(100, 110, 100)).ShouldHaveSingleItem();
        signal.PositionSize.ShouldBe(0.4 / (Math.Sqrt(2 * 365) * Math.Log(1.1)), 1e-12);
        (signal.Direction, signal.Time, signal.Resizes).ShouldBe((Direction.Long, Days.At(3), true));
        signal.Reason.ShouldBe("volatility 257.5 % a year over 2 returns, 40 % asked for: 15.5 % of equity, 0 % held");
    }

    [Fact]
    public void Resizes_when_off_by_more_than_the_band()
    {
        double Share(double first, double second) => Math.Min(1, 0.4 / (Math.Sqrt(365.0 / 2) * Math.Abs(Math.Log(first) - Math.Log(second))));
        var signals = StrategyRun.Of(Target(), Days.Of(100, 110, 100, 101, 102));
        signals.Select(s => s.PositionSize).ShouldBe([Share(1.1, 100 / 110.0), Share(100 / 110.0, 1.01), 1], 1e-12);
        StrategyRun.Of(Target("0.2"), Days.Of(100, 110, 100, 101, 102)).Select(s => s.Time).ShouldBe([Days.At(3), Days.At(5)]);
    }

    [Fact]
    public void Says_nothing_of_a_price_that_does_not_move() => StrategyRun.Of(Target(), Days.Of([.. Enumerable.Repeat(7.0, 40)])).ShouldBeEmpty();
}
