using Mts.Core.Market;
using Mts.Core.Quality;

namespace Mts.UnitTests.Quality;

public sealed class BarRulesTests
{
    private static readonly Timestamp Now = Timestamp.Parse("2024-02-01");
    private static readonly Timestamp Open = Timestamp.Parse("2024-01-15");

    [Theory]
    [InlineData(10, 12, 9, 11, 5, null)]
    [InlineData(10, 10, 10, 10, 0, null)]
    [InlineData(10, 9, 12, 10, 5, "high_below_low")]
    [InlineData(13, 12, 9, 11, 5, "open_outside_range")]
    [InlineData(10, 12, 9, 8, 5, "close_outside_range")]
    [InlineData(10, 12, -9, 11, 5, "price_not_positive")]
    [InlineData(0, 12, 0, 11, 5, "price_not_positive")]
    [InlineData(10, 12, 9, 11, -1, "negative_volume")]
    [InlineData(double.NaN, 12, 9, 11, 5, "not_finite")]
    [InlineData(10, double.PositiveInfinity, 9, 11, 5, "not_finite")]
    [InlineData(10, 12, 9, 11, double.NaN, "not_finite")]
    public void Names_the_broken_rule(double o, double h, double l, double c, double v, string? expected) =>
        BarRules.Broken(new Bar(Open, o, h, l, c, v), Interval.Day, Now, hasVolume: true).ShouldBe(expected);

    [Fact]
    public void A_bar_off_the_grid_is_refused() =>
        BarRules.Broken(new Bar(Open + TimeSpan.FromMinutes(1), 1, 1, 1, 1, 1), Interval.Day, Now, true).ShouldBe("off_grid");

    [Fact]
    public void A_bar_that_has_not_closed_is_refused()
    {
        BarRules.Broken(new Bar(Now - TimeSpan.FromDays(1), 1, 1, 1, 1, 1), Interval.Day, Now, true).ShouldBeNull();
        BarRules.Broken(new Bar(Now, 1, 1, 1, 1, 1), Interval.Day, Now, true).ShouldBe("future");
    }

    [Fact]
    public void A_series_without_volume_is_not_asked_for_one() =>
        BarRules.Broken(new Bar(Open, 1, 1, 1, 1, double.NaN), Interval.Day, Now, hasVolume: false).ShouldBeNull();
}
