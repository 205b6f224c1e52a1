using Mts.Core;
using Mts.Core.Signals;
using Mts.Strategies;
using Mts.Strategies.Momentum;

namespace Mts.UnitTests.Strategies;

public sealed class MomentumTests
{
    private static readonly double[] Golden = [.. Enumerable.Range(0, 40).Select(i => 100 + (0.5 * i) + (3 * Math.Sin(i)))];

    private static MomentumRule Fed(IEnumerable<double> closes, MomentumOptions? options = null)
    {
        var rule = new MomentumRule(options ?? new MomentumOptions());
        foreach (var close in closes) rule.Add(close);
        return rule;
    }

    [Fact]
    public void Gives_the_figures_of_the_golden_series()
    {
        var rule = Fed(Golden);
        rule.Distance!.Value.ShouldBe(0.04498284, 5e-9);
        rule.Rsi.ShouldBe(68.434743, 5e-7);
        var opinion = rule.Judge()!;
        opinion.Direction.ShouldBe(Direction.Long);
        opinion.Confidence.ShouldBe(0.9, 1e-12);
        opinion.Size.ShouldBe(0.02449828, 5e-9);
        opinion.Stop!.Value.ShouldBe(Golden[^1] * 0.95, 1e-9);
        opinion.Target!.Value.ShouldBe(Golden[^1] * 1.15, 1e-9);
        opinion.Strength.ShouldBe(0.4498284, 5e-8);
        opinion.Reason.ShouldBe("SMA10 4.5 % above SMA30 (limit 1 %) and RSI 68.4 ≤ 70");
    }

    [Fact]
    public void The_strategy_says_the_same()
    {
        var strategy = new StrategyCatalog().Create("Momentum", new Dictionary<string, string>());
        var last = StrategyRun.Of(strategy, Days.Of(Golden))[^1];
        last.Time.ShouldBe(Days.At(40));
        last.PositionSize.ShouldBe(0.02449828, 5e-9);
        last.Horizon.ShouldBe(TimeSpan.FromDays(30));
        last.Strategy.ShouldBe("Momentum");
    }

    [Fact]
    public void Sells_a_falling_price_short_unless_it_is_oversold()
    {
        var falling = Golden.Select(c => 300 - c).ToArray();
        var opinion = Fed(falling).Judge()!;
        opinion.Direction.ShouldBe(Direction.Short);
        opinion.Stop!.Value.ShouldBe(falling[^1] * 1.05, 1e-9);
        opinion.Target!.Value.ShouldBe(falling[^1] * 0.85, 1e-9);
        Fed(falling, new MomentumOptions(MinRsi: 35)).Judge().ShouldBeNull();
    }

    [Fact]
    public void Waits_for_the_slow_mean_and_for_a_distance()
    {
        Fed(Golden[..29]).Judge().ShouldBeNull();
        Fed(Golden, new MomentumOptions(Threshold: 0.05)).Judge().ShouldBeNull();
        Fed(Golden, new MomentumOptions(MaxRsi: 68)).Judge().ShouldBeNull();
        Fed(Enumerable.Repeat(100.0, 40)).Judge().ShouldBeNull();
    }

    [Fact]
    public void Refuses_a_fast_mean_that_is_not_faster() =>
        Should.Throw<ConfigurationException>(() => new StrategyCatalog().Create("Momentum", new Dictionary<string, string> { ["fast"] = "30" }));
}
