using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Engine;
using Mts.Engine.Charges;

namespace Mts.UnitTests.Engine.Charges;

/// <summary>What holding costs: interest on what is borrowed, funding at its true times.</summary>
public sealed class CarryTests
{
    private static readonly BarSeries Flat100 = Runs.Days([.. Enumerable.Repeat((100.0, 101.0, 99.0, 100.0), 6)]);

    // 0.0876 a year is a hundred-thousandth an hour: 1 on 100,000.
    private static readonly BacktestOptions Borrowing = Runs.Free with { AllowShort = true, Costs = new CostOptions { BorrowApr = 0.0876m } };

    [Fact]
    public void A_short_of_two_days_pays_forty_eight_hours()
    {
        var result = Runs.Run(new Script().At(0, Direction.Short).At(2, Direction.Flat), Borrowing, Flat100);
        result.Metrics.BorrowInterest.ShouldBe(48m);
        result.Trades.ShouldHaveSingleItem().Pnl.ShouldBe(-48m);
        result.Metrics.FinalEquity.ShouldBe(99_952m);
        result.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void An_hour_begun_is_paid_in_full()
    {
        Runs.Run(new Script().At(0, Direction.Short, s => s.With(stop: 100.5)), Borrowing, Flat100).Metrics.BorrowInterest.ShouldBe(1m);
        var quarters = Runs.Bars("BTC/USDT", Interval.Parse("15m"), [.. Enumerable.Repeat((100.0, 101.0, 99.0, 100.0), 20)]);
        // From 00:30 to 01:15: an hour at 00:30, one at 01:00. From 00:30 to 01:00: the hour of 01:00 is not begun.
        Runs.Run(new Script().At(1, Direction.Short).At(4, Direction.Flat), Borrowing, quarters).Metrics.BorrowInterest.ShouldBe(2m);
        Runs.Run(new Script().At(1, Direction.Short).At(3, Direction.Flat), Borrowing, quarters).Metrics.BorrowInterest.ShouldBe(1m);
    }

    [Fact]
    public void Interest_is_of_what_the_coins_are_worth_then()
    {
        // Sold at 100; the second day opens at 200 and every hour of it costs twice as much. The last full hour is still to come at the end.
        var series = Runs.Days((100, 101, 99, 100), (100, 101, 99, 100), (200, 200, 200, 200));
        Runs.Run(new Script().At(0, Direction.Short), Borrowing, series).Metrics.BorrowInterest.ShouldBe(24m + 48m);
    }

    [Fact]
    public void A_rate_that_is_not_given_is_told_and_not_taken_for_nothing()
    {
        var result = Runs.Run(new Script().At(0, Direction.Short), Borrowing with { Costs = null }, Flat100);
        result.Metrics.BorrowInterest.ShouldBeNull();
        result.Warnings.ShouldHaveSingleItem().ShouldContain("borrow interest not counted");
        var owned = Runs.Run(new Script().At(0, Direction.Long).At(2, Direction.Flat), Borrowing with { Costs = null }, Flat100);
        owned.Metrics.BorrowInterest.ShouldBe(0m);
        owned.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Funding_is_paid_at_the_times_of_the_data_whatever_interval_the_venue_went_to()
    {
        // Eight hours, then four, then one: a model of fixed eight hours would pay three times on the second day instead of twelve.
        string[] times = ["01T08", "01T16", "02T00", "02T04", "02T08", "02T12", "02T16", "02T17", "02T18", "02T19", "02T20", "02T21", "02T22", "02T23", "03T00"];
        FundingRate[] rates = [.. times.Select((t, i) => new FundingRate(Timestamp.Parse($"2024-01-{t}:00:00.003Z"), 0.0001 * (i + 1), 100))];
        var hours = Runs.Bars("BTC/USDT:USDT", Interval.Hour, [.. Enumerable.Repeat((100.0, 101.0, 99.0, 100.0), 48)]);
        // 1,000 held from 02:00 of the second day on: the fourth rate to the fifteenth, 10 for each ten-thousandth.
        var script = new Script().At(25, Direction.Long, s => s.With(1));
        var result = Run(script, hours, rates);
        result.Metrics.Funding.ShouldBe(-10m * Enumerable.Range(4, 12).Sum());
        result.Warnings.ShouldHaveSingleItem().ShouldContain("margin and liquidation not counted");
    }

    [Theory]
    [InlineData("01T08,01T16,02T00", "")]
    [InlineData("", "2024-01-01T00:00:00Z to 2024-01-02T00:00:00Z")]
    [InlineData("01T00,01T16,02T00", "2024-01-01T00:00:00Z to 2024-01-01T16:00:00Z")]
    [InlineData("01T16,02T00", "2024-01-01T00:00:00Z to 2024-01-01T16:00:00Z")]
    [InlineData("01T00,01T08", "2024-01-01T08:00:00Z to 2024-01-02T00:00:00Z")]
    [InlineData("01T00,01T01,01T02,01T05,01T06,01T07,01T15,01T23", "2024-01-01T02:00:00Z to 2024-01-01T05:00:00Z")] // three hours among single ones; then eight
    [InlineData("01T00,01T08,01T12,01T16,01T17,01T18,01T19,02T00", "2024-01-01T19:00:00Z to 2024-01-02T00:00:00Z")]
    public void A_stretch_without_rates_is_named(string times, string stretch)
    {
        var day = Runs.Bars("BTC/USDT:USDT", Interval.Hour, [.. Enumerable.Repeat((100.0, 101.0, 99.0, 100.0), 24)]);
        FundingRate[] rates = [.. times.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(t => new FundingRate(Timestamp.Parse($"2024-01-{t}:00:00Z"), 0.0001, 100))];
        var warnings = Run(new Script(), day, rates).Warnings;
        if (stretch.Length == 0) warnings.ShouldBeEmpty();
        else warnings.ShouldHaveSingleItem().ShouldContain($"funding not counted from {stretch}");
    }

    [Fact]
    public void A_mark_price_that_is_missing_is_an_assumption_that_is_told()
    {
        var hours = Runs.Bars("BTC/USDT:USDT", Interval.Hour, [.. Enumerable.Repeat((100.0, 101.0, 99.0, 100.0), 16)]);
        FundingRate[] rates = [new(Runs.Start + TimeSpan.FromHours(8), 0.0001, null), new(Runs.Start + TimeSpan.FromHours(16), 0.0001, null)];
        Run(new Script().At(0, Direction.Long), hours, rates).Warnings.ShouldContain(
            "BTC/USDT:USDT: the mark price at a settlement is not known; funding was reckoned on the last traded price (2 times, 2024-01-01T08:00:00Z to 2024-01-01T16:00:00Z)");
    }

    private static BacktestResult Run(Script script, BarSeries series, FundingRate[] rates)
    {
        var inputs = Runs.Inputs(series);
        return Runs.Run(script, Runs.Free, inputs with { Instruments = [inputs.Instruments[0] with { Funding = rates }] });
    }
}
