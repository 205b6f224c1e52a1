using Mts.Core.Market;
using Mts.Core.Performance;

namespace Mts.UnitTests.Performance;

public sealed class RiskFiguresTests
{
    // −0.10, −0.09 … 0.10: 21 returns, so that the 5 % quantile is the second one.
    private static readonly double[] Ladder = [.. Enumerable.Range(-10, 21).Select(i => i / 100.0)];

    [Fact]
    public void Omega_is_gains_over_losses() => OmegaRatio.Of([0.02, -0.01, 0.03, -0.02])!.Value.ShouldBe(0.05 / 0.03, 1e-12);

    [Fact]
    public void Omega_counts_from_its_threshold() => OmegaRatio.Of([0.02, -0.01, 0.03, -0.02], 0.01)!.Value.ShouldBe((0.01 + 0.02) / (0.02 + 0.03), 1e-12);

    [Fact]
    public void The_ulcer_index_is_the_root_of_the_mean_square_of_drawdowns() => UlcerIndex.Of([100, 90, 100, 80])!.Value.ShouldBe(Math.Sqrt(0.05 / 4), 1e-12); // 0, 0.1, 0, 0.2

    [Fact]
    public void Value_at_risk_is_the_loss_of_the_worst_twentieth() => ValueAtRisk.Of(Ladder)!.Value.ShouldBe(0.09, 1e-12);

    [Fact]
    public void Conditional_value_at_risk_is_the_mean_from_there_on() => ConditionalValueAtRisk.Of(Ladder)!.Value.ShouldBe(0.095, 1e-12); // 0.10 and 0.09

    [Fact]
    public void Time_under_water_is_the_share_of_days_below_a_peak() => TimeUnderWater.Of([100, 90, 100, 110, 105, 104])!.Value.ShouldBe(0.6); // 90, 105, 104 of five

    [Fact]
    public void A_regression_finds_what_was_put_in() // r = 0.001 + 0.5 m
    {
        double[] market = [0.02, -0.01, 0.03, -0.02, 0.01];
        var regression = MarketRegression.Of([.. market.Select(m => 0.001 + (0.5 * m))], market, 365)!.Value;
        regression.Beta.ShouldBe(0.5, 1e-12);
        regression.Alpha.ShouldBe(0.365, 1e-12);
    }

    [Fact]
    public void The_information_ratio_is_mean_over_deviation_of_the_difference() // 0.01, 0.03: mean 0.02, sample deviation 0.01 √2
    {
        var active = ActiveReturn.Of([0.02, 0.05], [0.01, 0.02], 365)!.Value;
        active.TrackingError.ShouldBe(0.01 * Math.Sqrt(2) * Math.Sqrt(365), 1e-12);
        active.InformationRatio!.Value.ShouldBe(0.02 / (0.01 * Math.Sqrt(2)) * Math.Sqrt(365), 1e-9);
    }

    [Fact]
    public void Recovery_is_return_over_drawdown() => RecoveryFactor.Of(0.5, 0.2)!.Value.ShouldBe(2.5);

    [Theory] // Bailey and López de Prado (2012): years for a Sharpe ratio of 2 a year to be trusted above 1, normal returns
    [InlineData(252, 2.73)]
    [InlineData(52, 2.83)]
    [InlineData(12, 3.24)]
    public void The_track_record_is_as_long_as_the_paper_says(int periods, double years) =>
        (MinTrackRecordLength.Of(new ReturnShape(100, 2 / Math.Sqrt(periods), 0, 3), 1 / Math.Sqrt(periods))!.Value / periods).ShouldBe(years, 0.005);

    [Fact]
    public void Figures_without_a_ground_are_undefined()
    {
        OmegaRatio.Of([0.01, 0.02]).ShouldBeNull();
        UlcerIndex.Of([100]).ShouldBeNull();
        ValueAtRisk.Of(Ladder.AsSpan(0, 19)).ShouldBeNull();
        ConditionalValueAtRisk.Of(Ladder.AsSpan(0, 19)).ShouldBeNull();
        TimeUnderWater.Of([1]).ShouldBeNull();
        MarketRegression.Of([0.1, 0.2], [0.1, 0.1], 365).ShouldBeNull();
        MarketRegression.Of([0.1, 0.2], [0.1, 0.1, 0.3], 365).ShouldBeNull();
        ActiveReturn.Of([0.1, 0.2], [0.1, 0.2], 365)!.Value.InformationRatio.ShouldBeNull();
        RecoveryFactor.Of(0.5, 0).ShouldBeNull();
        MinTrackRecordLength.Of(new ReturnShape(100, -0.1, 0, 3)).ShouldBeNull();
    }

    [Fact]
    public void Drawdowns_come_deepest_first()
    {
        EquityPoint[] equity = [.. new double[] { 100, 90, 95, 100, 120, 60, 120, 130, 117 }.Select((v, i) => new EquityPoint(new Timestamp(i), v))];
        Drawdown.Deepest(equity, 10).ShouldBe(
        [
            new Drawdown(new Timestamp(4), new Timestamp(5), new Timestamp(6), 0.5),
            new Drawdown(new Timestamp(0), new Timestamp(1), new Timestamp(3), 0.1),
            new Drawdown(new Timestamp(7), new Timestamp(8), null, 0.1),
        ]);
        Drawdown.Deepest(equity, 1).Count.ShouldBe(1);
    }
}
