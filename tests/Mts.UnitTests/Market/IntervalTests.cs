using Mts.Core;
using Mts.Core.Market;

namespace Mts.UnitTests.Market;

public sealed class IntervalTests
{
    [Theory]
    [InlineData("1m", "2024-01-31T13:45:59Z", "2024-01-31T13:45:00Z")]
    [InlineData("4h", "2024-01-31T13:45:59Z", "2024-01-31T12:00:00Z")]
    [InlineData("1d", "2024-01-31T13:45:59Z", "2024-01-31T00:00:00Z")]
    [InlineData("1w", "2024-01-31T13:45:59Z", "2024-01-29T00:00:00Z")]   // a Wednesday; weeks start on Monday
    [InlineData("1d", "1969-12-31T13:00:00Z", "1969-12-31T00:00:00Z")]
    public void Floors_to_its_grid(string interval, string time, string expected) =>
        Interval.Parse(interval).Floor(Timestamp.Parse(time)).ToString().ShouldBe(expected);

    [Theory]
    [InlineData("1M")]
    [InlineData("7m")]
    [InlineData("")]
    public void Refuses_what_it_does_not_know_and_says_what_it_does(string text) =>
        Should.Throw<ConfigurationException>(() => Interval.Parse(text)).Message.ShouldContain("15m");

    [Fact]
    public void Every_name_reads_back_as_itself()
    {
        foreach (var name in Interval.Names) Interval.Parse(name).ToString().ShouldBe(name);
    }
}
