using Mts.Core.Analysis;

namespace Mts.UnitTests.Analysis;

public sealed class DailyReportTests
{
    [Fact]
    public void Rounds_as_the_first_version_did()
    {
        // Its report of 2026-03-10: 29.49 with 48.49, 54.48 and 58.21 percent; FRED has 19.86, 19.09 and 18.64 on the days it compared with.
        var series = new DailySeries(
            [new(2026, 2, 4), new(2026, 2, 20), new(2026, 2, 27), new(2026, 3, 5), new(2026, 3, 6)],
            [18.64, 19.09, 19.86, 25.0, 29.49]);
        DailyReport.RowOf("VIXCLS", "CBOE Volatility Index", series).ShouldBe(new DailyReport.Row("VIXCLS", "CBOE Volatility Index", 29.49, new(2026, 3, 6), 48.49, 54.48, 58.21));
    }

    [Fact]
    public void What_has_no_past_has_no_change() =>
        DailyReport.RowOf("DFF", "", new DailySeries([new(2026, 3, 5)], [3.64001])).ShouldBe(new DailyReport.Row("DFF", "", 3.64, new(2026, 3, 5), null, null, null));

    [Fact]
    public void What_is_not_known_is_no_row() => DailyReport.RowOf("DFF", "", DailySeries.Empty).ShouldBeNull();
}
