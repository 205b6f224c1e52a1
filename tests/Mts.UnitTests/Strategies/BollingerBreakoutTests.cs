using Mts.Core;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Strategies;

namespace Mts.UnitTests.Strategies;

public sealed class BollingerBreakoutTests
{
    private static IStrategy Bands(int length, double width, bool sellsShort = false) => new StrategyCatalog().Create(
        "BollingerBreakout", new Dictionary<string, string> { ["length"] = $"{length}", ["width"] = $"{width}", ["short"] = sellsShort ? "1" : "0" });

    [Fact]
    public void Buys_above_the_upper_band_and_ends_below_the_mean()
    {
        // 1, 1, 4: mean 2, deviations −1, −1, 2, so a variance of 6/3 = 2. Then 1, 4, 3: mean 8/3; 4, 3, 1: mean 8/3 again.
        StrategyRun.Of(Bands(3, 1), Days.Of(1, 1, 4, 3, 1)).Select(s => (s.Direction, s.Time, s.Reason)).ShouldBe(
        [
            (Direction.Long, Days.At(3), "close 4 above the upper band 3.41421356 = SMA3 2 + 1 × 1.41421356"),
            (Direction.Flat, Days.At(5), "close 1 below SMA3 2.66666667"),
        ]);
    }

    [Fact]
    public void Does_not_buy_inside_the_bands() => StrategyRun.Of(Bands(3, 1.4), Days.Of(1, 1.5, 2, 2.5, 3)).ShouldBeEmpty();

    [Fact]
    public void Sells_short_below_the_lower_band_where_that_is_asked_for()
    {
        StrategyRun.Of(Bands(3, 1, sellsShort: true), Days.Of(4, 4, 1, 4)).Select(s => (s.Direction, s.Time, s.Reason)).ShouldBe(
        [
            (Direction.Short, Days.At(3), "close 1 below the lower band 1.58578644 = SMA3 3 − 1 × 1.41421356"),
            (Direction.Flat, Days.At(4), "close 4 above SMA3 3"),
        ]);
        StrategyRun.Of(Bands(3, 1), Days.Of(4, 4, 1, 4)).ShouldBeEmpty();
    }

    [Fact]
    public void Is_silent_over_a_still_price() => StrategyRun.Of(Bands(20, 2), Days.Of([.. Enumerable.Repeat(0.1, 50)])).ShouldBeEmpty();

    [Fact]
    public void Refuses_bands_that_no_close_can_reach() =>
        // Four equal closes and a fifth: the fifth is exactly 2 deviations from the mean, whatever it is.
        Should.Throw<ConfigurationException>(() => Bands(5, 2)).Message.ShouldContain("width must be less than 2");
}
