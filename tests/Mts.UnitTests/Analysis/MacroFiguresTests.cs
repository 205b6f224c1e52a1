using Mts.Core.Analysis;
using Mts.Core.Market;

namespace Mts.UnitTests.Analysis;

public sealed class MacroFiguresTests
{
    private static readonly DateOnly First = new(2025, 1, 1);

    [Fact]
    public void Changes_go_back_by_calendar_days_to_the_newest_value_on_or_before_that_day()
    {
        // Friday the 3rd and Monday the 13th; seven days before the 13th nothing newer than the 3rd was there.
        var series = new DailySeries([new(2025, 1, 3), new(2025, 1, 13)], [16, 20]);
        MacroFigures.Change(series, 7).ShouldBe(0.25);
        MacroFigures.Change(series, 10).ShouldBe(0.25);
        MacroFigures.Change(series, 11).ShouldBeNull();
        MacroFigures.Change(new DailySeries([new(2025, 1, 3), new(2025, 1, 13)], [0, 20]), 7).ShouldBeNull();
    }

    [Fact]
    public void A_yield_that_rises_from_below_zero_has_risen() =>
        MacroFigures.Change(new DailySeries([new(2025, 1, 3), new(2025, 1, 13)], [-2, -1]), 7).ShouldBe(0.5);

    [Fact]
    public void The_z_score_measures_against_the_values_before_and_not_against_itself()
    {
        // 30 values 1, 2, 1, 2 …: mean 1.5, sample deviation √(30 · 0.25 / 29) = 0.508548; 3 is 1.5 above: 2.949576.
        var values = Enumerable.Range(0, 30).Select(i => i % 2 == 0 ? 1.0 : 2.0).Append(3.0).ToArray();
        var figures = Of(values)!;
        figures.ZScores[30]!.Value.ShouldBe(2.949576, 1e-6);
        figures.ZScores[90].ShouldBeNull();
        figures.Percentile.ShouldBe(100);
    }

    [Fact]
    public void Values_that_do_not_vary_have_no_z_score_and_no_name_for_it()
    {
        var figures = Of([.. Enumerable.Repeat(4.33, 40)])!;
        figures.ZScores[30].ShouldBeNull();
        figures.Regimes.ShouldHaveSingleItem().Name.ShouldBe("steady");
    }

    [Fact]
    public void Nothing_known_is_no_figure() => MacroFigures.Of(MacroCatalog.Find("VIX"), DailySeries.Empty, Timestamp.FromDate(First)).ShouldBeNull();

    [Theory]
    [InlineData(2, "extreme_fear")]
    [InlineData(1.999, "fear")]
    [InlineData(1, "fear")]
    [InlineData(0.999, "neutral")]
    [InlineData(-1, "neutral")]
    [InlineData(-1.001, "greed")]
    [InlineData(-2, "greed")]
    [InlineData(-2.001, "extreme_greed")]
    public void The_vix_is_named_by_its_distance(double z, string name) => Regime("VIXCLS", z30: z, change7: 0).ShouldBe(name);

    [Theory]
    [InlineData(1.5, "stress")]
    [InlineData(0.5, "caution")]
    [InlineData(-0.5, "normal")]
    [InlineData(-0.501, "greed")]
    public void Credit_is_named_by_its_distance(double z, string name) => Regime("BAMLH0A0HYM2", z30: z).ShouldBe(name);

    [Theory]
    [InlineData(0.02, "strong_rise")]
    [InlineData(0.01, "rise")]
    [InlineData(0.0099, "steady")]
    [InlineData(-0.01, "fall")]
    [InlineData(-0.02, "strong_fall")]
    public void The_dollar_is_named_by_its_week(double change, string name) => Regime("DTWEXBGS", change7: change).ShouldBe(name);

    [Theory]
    [InlineData("DGS10", 1.5, null, "high")]
    [InlineData("DGS10", -1.5, null, "low")]
    [InlineData("DGS10", 1.49, null, "normal")]
    [InlineData("SOFR", null, 0.0009, "stable")]
    [InlineData("SOFR", null, 0.001, "tightening")]
    [InlineData("SOFR", null, -0.001, "easing")]
    public void Rates_are_named_at_their_bounds(string series, double? z, double? change, string name) => Regime(series, z, change).ShouldBe(name);

    [Theory]
    [InlineData(0.0999, "rise")]
    [InlineData(0.10, "spike")]
    [InlineData(0.05, "rise")]
    [InlineData(0.02, "slight_rise")]
    [InlineData(-0.05, "fall")]
    [InlineData(-0.10, "collapse")]
    public void Fear_has_a_momentum(double change, string name) => Regime("VIXCLS", change7: change).ShouldBe(name);

    private static MacroFigures? Of(double[] values)
    {
        var days = values.Select((_, i) => First.AddDays(i)).ToArray();
        return MacroFigures.Of(MacroCatalog.Find("DXY"), new DailySeries(days, values), Timestamp.FromDate(days[^1].AddDays(5)));
    }

    private static string Regime(string series, double? z30 = null, double? change7 = null) =>
        MacroRegimes.Of(series, 1, new Dictionary<int, double?> { [7] = change7 }, new Dictionary<int, double?> { [30] = z30 })[0].Name;
}
