using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Strategies;
using Mts.Strategies.MultiFactor;

namespace Mts.UnitTests.Strategies;

public sealed class MultiFactorTests
{
    private static readonly MultiFactorOptions Options = new();

    private static PriceFactors Fed(IEnumerable<double> closes)
    {
        var factors = new PriceFactors();
        foreach (var close in closes) factors.Add(close);
        return factors;
    }

    [Fact]
    public void Macro_readings_that_are_not_neutral_make_the_score()
    {
        MacroScore.Of(14, 118, 119, 2.9, 0.2, Options).Value.ShouldBe(1);
        MacroScore.Of(14, 118, 119, 5.1, -0.1, Options).Value.ShouldBe(0);
        MacroScore.Of(26, 120, 119, 4, 0.1, Options).Value.ShouldBe(-1);
        MacroScore.Of(14, 118, 119, 2.9, -0.1, Options with { Beta = 0.9 }).Value.ShouldBe(0.45, 1e-12);
        MacroScore.Of(14, 118, 119, 2.9, 0.4, Options with { Beta = 1.3 }).Value.ShouldBe(1);
    }

    [Fact]
    public void One_reading_alone_is_no_score()
    {
        MacroScore.Of(14, 119, 119, 4, 0.1, Options).Value.ShouldBe(0);
        MacroScore.Of(14, null, null, null, null, Options).Value.ShouldBe(0);
        MacroScore.Of(14, 119, 119, 4, 0.1, Options with { MinReadings = 1 }).Value.ShouldBe(1);
    }

    [Theory]
    [InlineData(0.5, 0.8, -0.5, true)]
    [InlineData(0, 0.8, -0.5, false)]
    [InlineData(0, 0, 0.5, false)]
    [InlineData(-0.1, 0.8, -0.5, true)]
    [InlineData(0, -0.8, -0.5, true)]
    public void The_gate_wants_two_of_one_sign(double macro, double trend, double reversion, bool passes) =>
        MultiFactorRule.Passes(macro, trend, reversion).ShouldBe(passes);

    [Fact]
    public void Trend_is_the_mean_of_means_and_change()
    {
        // Rising by 1: SMA20 190.5 over SMA50 175.5, 200/186 − 1 = 7.5 %, close over SMA200. Nothing is said of two of the three.
        Fed(Enumerable.Range(1, 200).Select(i => (double)i)).Trend!.Value.ShouldBe((1 + 1 + 0.5) / 3, 1e-12);
        Fed(Enumerable.Range(1, 199).Select(i => (double)i)).Trend.ShouldBeNull();
        Fed(Enumerable.Repeat(5.0, 300)).Trend.ShouldBe(0);
    }

    [Fact]
    public void The_change_goes_back_fourteen_bars()
    {
        // 80 stands fourteen bars before the last close: up 25 %. SMA20 99 is below SMA50 99.6, the close above SMA200 99.9.
        var closes = Enumerable.Repeat(100.0, 200).ToArray();
        closes[^15] = 80;
        Fed(closes).Trend!.Value.ShouldBe((-1 + 1 + 0.5) / 3, 1e-12);
    }

    [Theory]
    [InlineData(1, -1)]
    [InlineData(-1, 1)]
    public void Reversion_speaks_against_what_has_only_risen_or_fallen(int step, double expected) =>
        Fed(Enumerable.Range(0, 50).Select(i => 100.0 + (step * i))).Reversion.ShouldBe(expected);

    [Fact]
    public void The_strategy_joins_what_was_known()
    {
        var strategy = new StrategyCatalog().Create("MultiFactor", new Dictionary<string, string>());
        var signal = new StrategyRun([Days.Of([.. Enumerable.Range(1, 200).Select(i => (double)i)])], Macro(210)).Run(strategy).ShouldHaveSingleItem();
        // 0.3 × 1 + 0.4 × 2.5/3 − 0.3 × 1, from the first bar at which all is known.
        (signal.Direction, signal.Time).ShouldBe((Direction.Long, Days.At(200)));
        signal.Confidence.ShouldBe(1.0 / 3, 1e-12);
        signal.PositionSize.ShouldBe(0.02 / 3, 1e-12);
        signal.Strength.ShouldBe(StrengthLevel.Moderate.ToNumber());
        signal.Reason.ShouldBe(
            "composite 0.333 = 0.3 × macro 1 (VIX +1, dollar +1, credit +1, curve 0) + 0.4 × trend 0.83 + 0.3 × reversion -1 (RSI 100), beyond 0.3");
    }

    [Fact]
    public void A_series_that_has_stopped_does_not_count()
    {
        var strategy = new StrategyCatalog().Create("MultiFactor", new Dictionary<string, string>());
        new StrategyRun([Days.Of([.. Enumerable.Range(1, 200).Select(i => (double)i)])], Macro(170)).Run(strategy).ShouldBeEmpty();
    }

    [Fact]
    public void Refuses_a_threshold_that_is_not_below_the_strong_one() => Should.Throw<ConfigurationException>(() =>
        new StrategyCatalog().Create("MultiFactor", new Dictionary<string, string> { ["threshold"] = "0.6" })).Message.ShouldContain("must be less than strong");

    // VIX 14, the dollar falling from 340 by a point a day, a spread of 2.9 and a curve of 0.2 points.
    private static Dictionary<string, MacroObservation[]> Macro(int days)
    {
        MacroObservation[] Series(string id, Func<int, double> value) => [.. Enumerable.Range(-30, days + 30).Select(i => new MacroObservation(Days.At(i).Date, value(i), MacroCatalog.Find(id).KnownTime(Days.At(i).Date)))];
        return new()
        {
            ["VIXCLS"] = Series("VIXCLS", _ => 14), ["DTWEXBGS"] = Series("DTWEXBGS", i => 340 - i), ["BAMLH0A0HYM2"] = Series("BAMLH0A0HYM2", _ => 2.9),
            ["DGS10"] = Series("DGS10", _ => 4.2), ["DGS2"] = Series("DGS2", _ => 4),
        };
    }
}
