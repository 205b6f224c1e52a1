using Mts.Core;
using Mts.Core.Signals;
using Mts.Strategies;
using Mts.Strategies.EthTopsBottoms;

namespace Mts.UnitTests.Strategies;

public sealed class EthTopsBottomsTests
{
    private static readonly EthTopsBottomsOptions Options = new();

    private static readonly Extremes Top = new(
        Price: 99, Highest: 100, Lowest: 80, Rsi: 76, RsiHigh: 80, RsiLow: 60, Macd: -1, VolumeRatio: 0.8,
        Short: 95, Medium: 90, Lower: 92, Upper: 98, Volatility: 0.06, Change: 5, RsiChange: -3);

    private static readonly Extremes Bottom = new(
        Price: 81, Highest: 100, Lowest: 80, Rsi: 24, RsiHigh: 40, RsiLow: 20, Macd: 1, VolumeRatio: 1.2,
        Short: 85, Medium: 90, Lower: 82, Upper: 98, Volatility: 0.06, Change: -5, RsiChange: 3);

    [Fact]
    public void Sells_a_tired_rise_at_its_high()
    {
        var opinion = EthTopsBottomsRule.Judge(Top, Options)!;
        opinion.Direction.ShouldBe(Direction.Short);
        opinion.Confidence.ShouldBe(1);   // .3 + .2 + .15 + .15 + .1 + .2 = 1.1
        opinion.Size.ShouldBe(0.02);
        opinion.Stop!.Value.ShouldBe(103.95, 1e-9);
        opinion.Target!.Value.ShouldBe(89.1, 1e-9);
        opinion.Reason.ShouldBe("top: close within 2 % of the high 100 of 20 bars, RSI 76 off its high 80, MACD below its signal, volume 0.8 × its mean, price and RSI diverge");
    }

    [Fact]
    public void Buys_a_tired_fall_at_its_low()
    {
        var opinion = EthTopsBottomsRule.Judge(Bottom, Options)!;
        (opinion.Direction, opinion.Confidence).ShouldBe((Direction.Long, 1));
        opinion.Reason.ShouldStartWith("bottom: close within 2 % of the low 80 of 20 bars, RSI 24 off its low 20");
    }

    [Fact]
    public void Each_condition_is_needed()
    {
        Extremes[] spoilt =
        [
            Top with { Price = 97.9 }, Top with { Rsi = 70 }, Top with { RsiHigh = 76 }, Top with { Short = 99 }, Top with { Medium = 95 },
            Top with { Macd = 0, VolumeRatio = 1 }, Top with { Macd = 0, VolumeRatio = null },
            Bottom with { Price = 81.7 }, Bottom with { Rsi = 30 }, Bottom with { RsiLow = 24 }, Bottom with { Short = 81 }, Bottom with { Medium = 85 },
            Bottom with { Macd = 0, VolumeRatio = 1 },
        ];
        foreach (var x in spoilt) EthTopsBottomsRule.Judge(x, Options with { MinConfidence = 0 }).ShouldBeNull(x.ToString());
    }

    [Fact]
    public void Points_tell_how_sure_it_is()
    {
        var bare = Top with { Rsi = 75, Macd = 1, Upper = 99, Volatility = 0.05, RsiChange = 0 };
        EthTopsBottomsRule.Confidence(Direction.Short, bare, Options).ShouldBe(0.35, 1e-12);   // index .2, volume .15
        EthTopsBottomsRule.Judge(bare, Options).ShouldBeNull();
        EthTopsBottomsRule.Judge(bare with { Rsi = 75.1, Volatility = 0.051, RsiChange = -1 }, Options)!.Confidence.ShouldBe(0.75, 1e-12);
    }

    [Fact]
    public void A_series_that_rises_tires_and_falls_has_one_top()
    {
        // Sixty days up by 1 %, a pause with little volume, then down: a short near the high, before the fall.
        double[] closes = [.. Enumerable.Range(0, 60).Select(i => 100 * Math.Pow(1.01, i)), .. new[] { 179.5, 180, 179.6, 180.1 }, .. Enumerable.Range(1, 20).Select(i => 180 - (3.0 * i))];
        var strategy = new StrategyCatalog().Create("EthTopsBottoms", new Dictionary<string, string> { ["min_confidence"] = "0.5" });
        var signals = StrategyRun.Of(strategy, Days.Of("ETH", closes));
        signals.ShouldNotBeEmpty();
        signals.ShouldAllBe(s => s.Direction == Direction.Short && s.Time > Days.At(60) && s.Time <= Days.At(65));
    }

    [Fact]
    public void Refuses_levels_in_the_wrong_order() => Should.Throw<ConfigurationException>(() =>
        new StrategyCatalog().Create("EthTopsBottoms", new Dictionary<string, string> { ["low"] = "70" })).Message.ShouldContain("must be less than high");
}
