using Mts.Simulator.Macro;

namespace Mts.UnitTests.Simulator;

public sealed class UsCalendarTests
{
    // https://www.frbservices.org/about/holiday-schedules and https://www.nyse.com/markets/hours-calendars
    [Fact]
    public void Knows_the_bank_holidays_of_2026() => Closed(2026, UsCalendar.IsBankHoliday).ShouldBe(
        ["01-01", "01-19", "02-16", "05-25", "06-19", "07-04", "09-07", "10-12", "11-11", "11-26", "12-25"]);

    [Fact]
    public void Knows_the_exchange_holidays_of_2026() => Closed(2026, UsCalendar.IsExchangeHoliday).Where(d => d != "07-04").ShouldBe(
        ["01-01", "01-19", "02-16", "04-03", "05-25", "06-19", "07-03", "09-07", "11-26", "12-25"]);

    [Fact]
    public void A_holiday_on_Sunday_is_kept_on_Monday() => UsCalendar.IsBankHoliday(new DateOnly(2023, 1, 2)).ShouldBeTrue();

    [Theory]
    [InlineData("2026-03-07", -6)]
    [InlineData("2026-03-08", -5)]
    [InlineData("2026-10-31", -5)]
    [InlineData("2026-11-01", -6)]
    public void Knows_Chicagos_summer_time(string day, int offset) => UsCalendar.OffsetHours(DateOnly.Parse(day)).ShouldBe(offset);

    [Theory]
    [InlineData("2026-11-22T05:59:59Z", "2026-11-21")]
    [InlineData("2026-11-22T06:00:00Z", "2026-11-22")]
    [InlineData("2026-07-22T05:00:00Z", "2026-07-22")]
    public void Knows_Chicagos_date(string time, string day) => UsCalendar.CentralDate(Ask.Ms(time)).ShouldBe(DateOnly.Parse(day));

    private static List<string> Closed(int year, Func<DateOnly, bool> isClosed) =>
        [.. Enumerable.Range(0, 365).Select(d => new DateOnly(year, 1, 1).AddDays(d)).Where(isClosed).Select(d => d.ToString("MM-dd"))];
}
