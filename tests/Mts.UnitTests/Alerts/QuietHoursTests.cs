using Mts.Core;
using Mts.Core.Alerts;
using Mts.Core.Market;
using Mts.Pipeline.Alerts;

namespace Mts.UnitTests.Alerts;

public sealed class QuietHoursTests
{
    private static readonly QuietHours Berlin = QuietHours.Of(new QuietHoursOptions { From = "22:00", Until = "07:00", Zone = "Europe/Berlin" });

    [Theory]
    // Winter is UTC+1.
    [InlineData("2026-01-15T20:59:59Z", false)]
    [InlineData("2026-01-15T21:00:00Z", true)]
    [InlineData("2026-01-16T05:59:59Z", true)]
    [InlineData("2026-01-16T06:00:00Z", false)]
    // The clocks go forward in the night to 29 March 2026: it ends at 05:00 UTC.
    [InlineData("2026-03-28T20:59:59Z", false)]
    [InlineData("2026-03-28T21:00:00Z", true)]
    [InlineData("2026-03-29T04:59:59Z", true)]
    [InlineData("2026-03-29T05:00:00Z", false)]
    // They go back in the night to 25 October 2026: it ends at 06:00 UTC.
    [InlineData("2026-10-24T19:59:59Z", false)]
    [InlineData("2026-10-24T20:00:00Z", true)]
    [InlineData("2026-10-25T05:59:59Z", true)]
    [InlineData("2026-10-25T06:00:00Z", false)]
    public void Follow_the_wall_clock_over_its_changes(string time, bool isQuiet) => Berlin.Holds(Timestamp.Parse(time), AlertSeverity.Warning).ShouldBe(isQuiet);

    [Fact]
    public void Cover_the_hour_that_comes_twice_both_times()
    {
        // 02:30 in Berlin on 25 October 2026 is 00:30 UTC and again 01:30 UTC.
        var hours = QuietHours.Of(new QuietHoursOptions { From = "02:00", Until = "03:00", Zone = "Europe/Berlin" });
        new[] { "2026-10-24T23:59:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:00:00Z" }
            .Select(t => hours.Holds(Timestamp.Parse(t), AlertSeverity.Info)).ShouldBe([false, true, true, false]);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Let_what_is_critical_pass_where_that_is_set(bool passes, bool isQuiet) =>
        QuietHours.Of(new QuietHoursOptions { From = "22:00", Until = "07:00", CriticalPasses = passes }).Holds(Timestamp.Parse("2026-01-15T23:00:00Z"), AlertSeverity.Critical).ShouldBe(isQuiet);

    [Fact]
    public void Are_none_where_none_are_set() => QuietHours.Of(new QuietHoursOptions()).Holds(Timestamp.Parse("2026-01-15T00:00:00Z"), AlertSeverity.Info).ShouldBeFalse();

    [Theory]
    [InlineData("22:00", "22:00", "UTC", "alerts.quietHours.until")]
    [InlineData("22:00", "", "UTC", "alerts.quietHours.until")]
    [InlineData("10pm", "07:00", "UTC", "alerts.quietHours.from: '10pm'")]
    [InlineData("22:00", "07:00", "Europe/Berlim", "alerts.quietHours.zone: 'Europe/Berlim'")]
    public void Are_refused_by_the_name_of_the_setting(string from, string until, string zone, string message) =>
        Should.Throw<ConfigurationException>(() => QuietHours.Of(new QuietHoursOptions { From = from, Until = until, Zone = zone })).Message.ShouldContain(message);
}
