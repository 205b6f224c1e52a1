using Mts.Core;
using Mts.Core.Market;

namespace Mts.UnitTests.Market;

public sealed class TimestampTests
{
    [Theory]
    [InlineData("2024-01-31", "2024-01-31T00:00:00Z")]
    [InlineData("2024-01-31 13:45:00", "2024-01-31T13:45:00Z")]
    [InlineData("2024-01-31T13:45:00+02:00", "2024-01-31T11:45:00Z")]
    [InlineData("2024-01-31T13:45:00.25Z", "2024-01-31T13:45:00.250Z")]
    [InlineData("1706708700", "2024-01-31T13:45:00Z")]
    [InlineData("1706708700000", "2024-01-31T13:45:00Z")]
    [InlineData("1706708700000001", "2024-01-31T13:45:00.000001Z")]
    [InlineData("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z")]
    public void Reads_dates_and_epoch_numbers_of_any_unit(string text, string expected) =>
        Timestamp.Parse(text).ToString().ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("31/01/2024")]
    [InlineData("20240131")]
    public void Refuses_what_is_no_unambiguous_time(string text) =>
        Should.Throw<DataValidationException>(() => Timestamp.Parse(text));

    [Fact]
    public void The_day_before_the_epoch_is_a_day() =>
        new Timestamp(-1).Date.ShouldBe(new DateOnly(1969, 12, 31));

    [Fact]
    public void Agrees_with_the_framework_on_every_day_of_two_centuries()
    {
        for (var day = new DateOnly(1900, 1, 1); day.Year < 2100; day = day.AddDays(13))
        {
            var time = Timestamp.FromDate(day);
            time.Date.ShouldBe(day);
            time.ToDateTimeOffset().DateTime.ShouldBe(day.ToDateTime(TimeOnly.MinValue));
        }
    }
}
