using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Strategies;
using Mts.Strategies.Ripple;

namespace Mts.UnitTests.Strategies;

public sealed class RippleTests
{
    private static readonly RippleOptions Options = new();

    private static readonly RippleFigures Best = new(
        Price: 9, Rsi: 25, Macd: 1, Lower: 10, Upper: 12, VolumeRatio: 2.5, Momentum: 0, Correlation: 0.5, Vix: 14, Dollar: -0.05, Volatility: 1, HourWeight: 1.2);

    private static readonly RippleFigures Worst = new(
        Price: 13, Rsi: 75, Macd: -1, Lower: 10, Upper: 12, VolumeRatio: 2.5, Momentum: -0.03, Correlation: 0.9, Vix: 30, Dollar: 0.05, Volatility: 1, HourWeight: 1);

    [Fact]
    public void All_points_for_buying_add_up_to_the_greatest_score()
    {
        // .25 + .2 + .15 + .25 + .15 + .15 + .15 + .1 = 1.4; × 1.2 × .3 = .504; whale .0625, macro .0375, alone .03.
        RippleRule.BuyScore(Best, Options).ShouldBe(0.634, 1e-12);
        // RSI 35 and a volume of 1.5 times its mean give .15 each: 1.2 × 1.2 × .3 = .432; .0375 + .0375 + .03.
        RippleRule.BuyScore(Best with { Rsi = 35, VolumeRatio = 1.5 }, Options).ShouldBe(0.537, 1e-12);
        RippleRule.BuyScore(Best with { HourWeight = 1 }, Options).ShouldBe(0.52, 1e-12);
    }

    [Fact]
    public void Nothing_that_is_unknown_counts() => RippleRule.BuyScore(
        new RippleFigures(11, 50, 0, 10, 12, null, 0, null, null, null, 1, 1), Options).ShouldBe(0);

    [Fact]
    public void All_points_for_selling_add_up()
    {
        RippleRule.SellScore(Worst, Options).ShouldBe(0.3 + 0.25 + 0.2 + 0.15 + 0.25 + 0.2 + 0.2, 1e-12);
        RippleRule.SellScore(Worst with { Momentum = 0, Rsi = 65 }, Options).ShouldBe(1.3, 1e-12);
    }

    [Fact]
    public void Buys_sells_or_is_silent()
    {
        var buy = RippleRule.Judge(Best, Options)!;
        (buy.Direction, buy.Stop, buy.Target).ShouldBe((Direction.Long, null, null));
        buy.Confidence.ShouldBe(0.634, 1e-12);
        buy.Size.ShouldBe(0.03 * 1.268, 1e-12);
        buy.Reason.ShouldBe(
            "buy score 0.634 ≥ 0.4: RSI 25, MACD above its signal, band 10 to 12, volume 2.5 × its mean, momentum 0 %, correlation with BTC 0.5, VIX 14, dollar -5 % from its mean, hour × 1.2");
        var sell = RippleRule.Judge(Worst, Options)!;
        (sell.Direction, sell.Confidence).ShouldBe((Direction.Short, 1));
        RippleRule.Judge(Best with { Vix = 20, Dollar = 0, VolumeRatio = 1 }, Options).ShouldBeNull();
    }

    [Theory]
    [InlineData(0.5, 1, 0.03)]
    [InlineData(0.5, 2.1, 0.024)]
    [InlineData(0.5, 0.4, 0.039)]
    [InlineData(1, 0.4, 0.078)]
    public void Sizes_by_score_and_volatility(double score, double volatility, double size)
    {
        RippleRule.Size(score, volatility, Options).ShouldBe(size, 1e-12);
        RippleRule.Size(score, volatility, Options with { Size = 0.08 }).ShouldBeLessThanOrEqualTo(0.08);
    }

    [Theory]
    [InlineData(22, 1.2)]
    [InlineData(6, 1.2)]
    [InlineData(7, 1)]
    [InlineData(13, 1)]
    [InlineData(14, 1.1)]
    [InlineData(21, 1.1)]
    public void An_hour_has_a_weight_for_bars_shorter_than_a_day(int hour, double weight)
    {
        RippleRule.HourWeight(hour, isIntraday: true).ShouldBe(weight);
        RippleRule.HourWeight(hour, isIntraday: false).ShouldBe(1);
    }

    [Fact]
    public void Measures_volume_against_the_bars_before()
    {
        var ratio = new VolumeRatio(3);
        foreach (var volume in new[] { 1.0, 2, 3 }) ratio.Add(volume);
        ratio.Value.ShouldBeNull();
        ratio.Add(8);
        ratio.Value.ShouldBe(4);
        foreach (var volume in new[] { 0.0, 0, 0, 5 }) ratio.Add(volume);
        ratio.Value.ShouldBeNull();
    }

    [Fact]
    public void Knows_the_correlation_with_bitcoin_where_that_is_in_the_run()
    {
        var closes = Days.Walk(5, 80, 0.05);
        var strategy = new StrategyCatalog().Create("Ripple", new Dictionary<string, string> { ["sell_score"] = "0.2", ["buy_score"] = "1" });
        var signals = StrategyRun.Of(strategy, Days.Of("BTC", closes), Days.Of("XRP", [.. closes.Select(c => c / 50_000)]));
        signals.Where(s => s.Asset == "XRP").ShouldNotBeEmpty();
        signals.Where(s => s.Asset == "XRP").ShouldAllBe(s => s.Reason.Contains("correlation with BTC 1,"));
        signals.Where(s => s.Asset == "BTC").ShouldAllBe(s => s.Reason.Contains("correlation with BTC unknown"));
    }
}
