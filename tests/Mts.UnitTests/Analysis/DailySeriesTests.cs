using Mts.Core.Analysis;
using Mts.Core.Market;

namespace Mts.UnitTests.Analysis;

public sealed class DailySeriesTests
{
    private static readonly DateOnly Monday = new(2025, 6, 16);

    [Fact]
    public void Knows_the_newest_vintage_that_was_public_and_nothing_later()
    {
        MacroObservation[] observations =
        [
            new(Monday, 19.1, At(17)), new(Monday, 19.4, At(20)),
            new(Monday.AddDays(1), 21.6, At(18)), new(Monday.AddDays(2), null, At(19)), new(Monday.AddDays(3), 22, At(19), IsForwardFilled: true),
        ];
        DailySeries.Known(observations, At(19)).Values.ShouldBe([19.1, 21.6]);
        DailySeries.Known(observations, At(20)).Values.ShouldBe([19.4, 21.6]);
        DailySeries.Known(observations, At(16)).Length.ShouldBe(0);
    }

    [Fact]
    public void Takes_only_days_that_have_ended()
    {
        var bars = BarSeries.From(
            new SeriesKey("binance", Symbol.Parse("BTC/USDT"), Interval.Day), hasVolume: true,
            [new Bar(At(16), 1, 2, 1, 1.5, 10), new Bar(At(17), 1.5, 2, 1, 1.8, 10)]);
        DailySeries.Closes(bars, At(18)).Values.ShouldBe([1.5, 1.8]);
        DailySeries.Closes(bars, At(18) - TimeSpan.FromSeconds(1)).Values.ShouldBe([1.5]);
    }

    [Fact]
    public void Keeps_the_last_value_of_a_week_from_monday_and_of_a_month()
    {
        // Fri 27 June, Sun 29 June, Mon 30 June, Tue 1 July 2025.
        var series = new DailySeries([new(2025, 6, 27), new(2025, 6, 29), new(2025, 6, 30), new(2025, 7, 1)], [1, 2, 3, 4]);
        series.LastOf(Period.Week).Values.ShouldBe([2, 4]);
        series.LastOf(Period.Week).Days.ShouldBe([new(2025, 6, 23), new(2025, 6, 30)]);
        series.LastOf(Period.Month).Values.ShouldBe([3, 4]);
    }

    private static Timestamp At(int day) => Timestamp.FromDate(new DateOnly(2025, 6, day));
}
