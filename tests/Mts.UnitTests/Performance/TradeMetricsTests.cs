using Mts.Core.Market;
using Mts.Core.Performance;
using Mts.Core.Trading;

namespace Mts.UnitTests.Performance;

public sealed class TradeMetricsTests
{
    private static readonly long Day = Timestamp.MicrosPerDay;

    [Fact]
    public void Payoff_is_the_mean_gain_over_the_mean_loss() => PayoffRatio.Of(Trades(30, -10, 50, -30, 0))!.Value.ShouldBe(2); // 40 / 20

    [Fact]
    public void Quality_is_the_mean_over_its_deviation_by_the_root_of_the_number() => SystemQualityNumber.Of(Trades(1, 2, 3))!.Value.ShouldBe(Math.Sqrt(3) * 2, 1e-12);

    [Fact]
    public void Expectancy_counts_in_mean_losses() => ExpectancyRatio.Of(0.5, 2)!.Value.ShouldBe(0.5);

    [Theory] // Kelly (1956): at even odds 2 p − 1; at two for one and p = 1/2 a quarter
    [InlineData(0.6, 1, 0.2)]
    [InlineData(0.5, 2, 0.25)]
    [InlineData(0.4, 1, -0.2)]
    public void Kelly_is_the_share_of_fastest_growth(double won, double payoff, double share) => KellyFraction.Of(won, payoff)!.Value.ShouldBe(share, 1e-12);

    [Fact]
    public void Streaks_end_with_the_other_kind() => Streaks.Of(Trades(1, 1, -1, 1, 1, 1, 0, 1, -1, -1)).ShouldBe(new Streaks(3, 2));

    [Fact]
    public void Mean_days_count_the_trades_that_are_meant()
    {
        Trade[] trades = [Trade(5, 0, 2 * Day), Trade(-5, 0, 6 * Day), Trade(1, Day, 5 * Day)];
        TradeFigures.MeanDays(trades, t => t.Pnl > 0).ShouldBe(3);
        TradeFigures.MeanDays(trades, t => t.Pnl > 10).ShouldBeNull();
    }

    [Fact]
    public void Figures_without_a_ground_are_undefined()
    {
        PayoffRatio.Of(Trades(1, 2)).ShouldBeNull();
        PayoffRatio.Of(Trades(-1)).ShouldBeNull();
        SystemQualityNumber.Of(Trades(1)).ShouldBeNull();
        SystemQualityNumber.Of(Trades(2, 2, 2)).ShouldBeNull();
        ExpectancyRatio.Of(null, 1).ShouldBeNull();
        KellyFraction.Of(0.5, null).ShouldBeNull();
        KellyFraction.Of(0.5, 0).ShouldBeNull();
    }

    // Entered at the open of the second bar, left at the open of the fourth: the third's low and the second's high are on the way.
    [Theory]
    [InlineData(Side.Buy, 0.25, 0.3)]
    [InlineData(Side.Sell, 0.3, 0.25)]
    public void An_excursion_is_as_far_as_the_bars_in_between_went(Side side, double adverse, double favourable)
    {
        var excursion = Excursion.Of(Trade(0, Day, 3 * Day, side), Series((100, 500, 1), (110, 130, 95), (100, 120, 75), (100, 900, 10)));
        excursion.Adverse.ShouldBe(adverse, 1e-12);
        excursion.Favourable.ShouldBe(favourable, 1e-12);
    }

    [Fact]
    public void In_the_bar_of_the_exit_only_the_exit_was_surely_seen() =>
        Excursion.Of(Trade(0, 0, 0) with { ExitPrice = 90 }, Series((100, 500, 1))).ShouldBe(new Excursion(0.1, 0));

    private static Trade[] Trades(params decimal[] results) => [.. results.Select(r => Trade(r, 0, Day))];

    private static Trade Trade(decimal pnl, long entry, long exit, Side side = Side.Buy) =>
        new(0, "BTC/USDT", side, 1, new Timestamp(entry), 100, new Timestamp(exit), 100, pnl, 0, "");

    private static BarSeries Series(params (double Open, double High, double Low)[] bars) => BarSeries.From(
        new SeriesKey("test", Symbol.Parse("BTC/USDT"), Interval.Day), hasVolume: false,
        [.. bars.Select((b, i) => new Bar(new Timestamp(i * Day), b.Open, b.High, b.Low, b.Open, 0))]);
}
