using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Strategies;
using Mts.Strategies.Volatility;

namespace Mts.UnitTests.Strategies;

public sealed class VolatilityTests
{
    private static readonly VolatilityOptions Options = new();

    private static readonly double[] Golden = Series();

    private static double[] Series()
    {
        var closes = new double[100];
        var exponent = 0.0;
        for (var k = 0; k < closes.Length; k++) closes[k] = 100 * Math.Exp(exponent += 0.01 * Math.Sin(1.7 * k) * (1 + (k / 50.0)));
        return closes;
    }

    private static VolatilityRule Fed(double[] closes, double periodsPerYear = 252)
    {
        var rule = new VolatilityRule(Options, periodsPerYear);
        foreach (var close in closes) rule.Add(close);
        return rule;
    }

    [Fact]
    public void Gives_the_figures_of_the_golden_series()
    {
        var rule = Fed(Golden);
        rule.Current!.Value.ShouldBe(0.377668, 5e-7);
        rule.Threshold!.Value.ShouldBe(0.303573, 5e-7);
        rule.Extreme!.Value.ShouldBe(0.346892, 5e-7);
        var opinion = rule.Judge()!;
        opinion.Direction.ShouldBe(Direction.Short);
        opinion.Strength.ShouldBe(0.516484, 5e-7);
        opinion.Confidence.ShouldBe(0.654945, 5e-7);
        opinion.Reason.ShouldBe("volatility 37.8 % a year > 34.7 %, its 95th percentile in 100 bars; 1.55 times its mean");
    }

    [Fact]
    public void A_year_has_as_many_periods_as_it_holds_bars()
    {
        var daily = Run(Interval.Day);
        var hourly = Run(Interval.Hour);
        daily.ShouldContain("volatility 45.5 % a year");    // 0.377668 × √(365/252)
        hourly.ShouldContain("volatility 222.7 % a year");  // × √24 more

        static string Run(Interval interval)
        {
            var start = Timestamp.FromDate(new DateOnly(2024, 1, 1));
            var bars = Golden.Select((c, i) => new Bar(new Timestamp(start.Micros + (i * interval.Micros)), c, c, c, c, 1)).ToList();
            var series = BarSeries.From(new SeriesKey("test", new Symbol("BTC", "USDT"), interval), true, bars);
            return StrategyRun.Of(new StrategyCatalog().Create("Volatility", new Dictionary<string, string>()), series).ShouldHaveSingleItem().Reason;
        }
    }

    [Fact]
    public void Sizes_by_strength_and_confidence()
    {
        VolatilityRule.Size(0.8, 0.84, Options).ShouldBe(0.01344, 1e-12);
        VolatilityRule.Size(1, 1, Options with { Size = 0.08 }).ShouldBe(0.05);
    }

    [Fact]
    public void Stretches_stop_and_target_with_volatility()
    {
        var calm = VolatilityRule.Levels(Direction.Long, 100, 0.0125, Options);
        calm.Stop.ShouldBe(97.5, 1e-9);
        calm.Target.ShouldBe(105, 1e-9);
        var wild = VolatilityRule.Levels(Direction.Short, 100, 0.5, Options);
        wild.Stop.ShouldBe(106, 1e-9);
        wild.Target.ShouldBe(88, 1e-9);
    }

    [Fact]
    public void Buys_between_the_percentiles()
    {
        // Volatility rises steadily but the last figure is not among the top twentieth: repeat an earlier, calmer stretch.
        var closes = Golden.ToList();
        for (var i = 84; i < 90; i++) closes.Add(closes[^1] * Golden[i] / Golden[i - 1]);
        var rule = Fed([.. closes]);
        var opinion = rule.Judge()!;
        opinion.Direction.ShouldBe(Direction.Long);
        rule.Current!.Value.ShouldBeInRange(rule.Threshold!.Value, rule.Extreme!.Value);
        var ratio = opinion.Strength * 2;
        opinion.Confidence.ShouldBe(Math.Min(0.9, 0.6 + (0.15 * ratio)), 1e-12);
    }

    [Fact]
    public void Waits_for_a_whole_lookback_and_ignores_a_still_price()
    {
        Fed(Golden[..99]).Judge().ShouldBeNull();
        Fed([.. Enumerable.Repeat(5.0, 200)]).Judge().ShouldBeNull();
    }

    [Fact]
    public void Refuses_percentiles_in_the_wrong_order() => Should.Throw<ConfigurationException>(() =>
        new StrategyCatalog().Create("Volatility", new Dictionary<string, string> { ["percentile"] = "96" })).Message.ShouldContain("must not exceed");
}
