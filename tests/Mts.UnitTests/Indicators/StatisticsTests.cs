using Mts.Core.Indicators;
using Mts.Core.Indicators.Statistics;

namespace Mts.UnitTests.Indicators;

public sealed class StatisticsTests
{
    [Fact]
    public void Correlation_of_a_half_over_thirty_pairs()
    {
        var test = CorrelationTest.Of(0.5, 30)!;
        test.T!.Value.ShouldBe(3.055050, 5e-7);
        test.PValue.ShouldBe(0.00489993, 5e-9);
        test.Low!.Value.ShouldBe(0.170431, 5e-7);
        test.High!.Value.ShouldBe(0.728958, 1e-6);
    }

    [Fact]
    public void Correlation_needs_three_pairs()
    {
        CorrelationTest.Of(0.5, 2).ShouldBeNull();
        CorrelationTest.Of(null, 30).ShouldBeNull();
        CorrelationTest.Of(0.99995, 10)!.PValue.ShouldBe(0);
        CorrelationTest.Of(1, 10)!.T.ShouldBeNull();
        CorrelationTest.Of(0.5, 3)!.Low.ShouldBeNull();
    }

    // Student's t tables: two-sided 5 % at t = 12.706 (1), 2.228 (10), 1.984 (100) degrees of freedom.
    [Theory]
    [InlineData(12.7062, 1)]
    [InlineData(2.22814, 10)]
    [InlineData(1.98397, 100)]
    public void P_values_are_those_of_the_tables(double t, int degrees)
    {
        var r = t / Math.Sqrt(degrees + (t * t));
        CorrelationTest.Of(r, degrees + 2)!.PValue.ShouldBe(0.05, 2e-6);
        CorrelationTest.Of(-r, degrees + 2)!.PValue.ShouldBe(0.05, 2e-6);
    }

    [Theory]
    [InlineData(0.7, CorrelationStrength.VeryStrong)]
    [InlineData(-0.7, CorrelationStrength.VeryStrong)]
    [InlineData(0.69, CorrelationStrength.Strong)]
    [InlineData(0.5, CorrelationStrength.Strong)]
    [InlineData(-0.3, CorrelationStrength.Moderate)]
    [InlineData(0.1, CorrelationStrength.Weak)]
    [InlineData(0.09, CorrelationStrength.Negligible)]
    [InlineData(null, CorrelationStrength.Insufficient)]
    public void Correlations_have_names(double? r, CorrelationStrength strength) => CorrelationStrengths.Of(r).ShouldBe(strength);

    [Fact]
    public void Z_scores()
    {
        ZScore.Of(110, 100, 10).ShouldBe(1);
        Math.Round(ZScore.Of(125, [95, 98, 102, 105, 108, 110, 112, 115, 118, 120])!.Value, 4).ShouldBe(2.0022);
        ZScore.Of(1, 1, 1e-11).ShouldBeNull();
        ZScore.Of(5, [5, 5, 5]).ShouldBeNull();
    }

    [Fact]
    public void Percentiles_of_the_normal_distribution()
    {
        NormalDistribution.Percentile(1).ShouldBe(84.13);
        NormalDistribution.Percentile(0).ShouldBe(50);
        NormalDistribution.Cumulative(NormalDistribution.Z95).ShouldBe(0.975, 1e-14);
        NormalDistribution.Cumulative(-3).ShouldBe(0.0013498980316301, 1e-15);
        NormalDistribution.Cumulative(-40).ShouldBe(0);
        NormalDistribution.Cumulative(40).ShouldBe(1);
    }

    [Theory]
    [InlineData(15, VixRegime.Low)]
    [InlineData(15.01, VixRegime.Normal)]
    [InlineData(25, VixRegime.Normal)]
    [InlineData(35, VixRegime.High)]
    [InlineData(35.01, VixRegime.Extreme)]
    public void Vix_levels_include_their_upper_bound(double vix, VixRegime regime) => VixRegimes.Of(vix).ShouldBe(regime);
}
