using System.Text;
using Mts.Adapters.Fred;
using Mts.Core;
using Mts.Core.Market;

namespace Mts.UnitTests.Adapters.Fred;

public sealed class FredParserTests
{
    [Fact]
    public void Reads_a_dot_as_no_value()
    {
        var page = FredParser.Observations(Fixtures.Bytes("fred", "observations.json"));
        (page.Count, page.Offset).ShouldBe((4, 0));
        page.Observations.Select(o => (o.Day.Day, o.Value)).ShouldBe([(23, 16.78), (24, 14.27), (25, null), (26, -0.03)]);
        page.Observations[0].ShownFrom.ShouldBe(new DateOnly(2026, 11, 20));
    }

    [Fact]
    public void Reads_a_series_and_its_central_time() =>
        FredParser.Series(Fixtures.Bytes("fred", "series.json")).ShouldBe(new FredSeries(
            "VIXCLS", "CBOE Volatility Index: VIX", new(1990, 1, 2), new(2026, 11, 19), "D", "Index", "NSA", Timestamp.Parse("2026-11-20T14:36:03Z")));

    [Theory]
    [InlineData("""{"count":1,"offset":0,"observations":[{"realtime_start":"2024-01-01","date":"2024-01-01","value":"NaN"}]}""")]
    [InlineData("""{"count":1,"offset":0,"observations":[{"realtime_start":"2024-01-01","date":"2024-01-01","value":"1e999"}]}""")]
    [InlineData("""{"count":1,"offset":0,"observations":[{"realtime_start":"2024-01-01","date":"2024-01-01","value":"1,234.5"}]}""")]
    [InlineData("""{"count":1,"offset":0,"observations":[{"realtime_start":"2024-01-01","date":"2024-01-01","value":""}]}""")]
    [InlineData("""{"count":1,"offset":0,"observations":[{"realtime_start":"2024-01-01","date":"01/01/2024","value":"1"}]}""")]
    [InlineData("""{"count":1,"offset":0,"observations":[{"realtime_start":"2024-01-01","value":"1"}]}""")]
    [InlineData("""{"count":1,"offset":0,"observations":[{"realtime_start":"2024-01-01","date":"2024-01-01","value":1}]}""")]
    [InlineData("""{"count":1,"offset":0,"units":"pch","observations":[]}""")]
    [InlineData("""{"offset":0,"observations":[]}""")]
    [InlineData("""{"count":0}""")]
    [InlineData("[]")]
    public void Refuses_what_is_no_page_of_observations(string body) =>
        Should.Throw<DataValidationException>(() => FredParser.Observations(Encoding.UTF8.GetBytes(body))).Message.ShouldStartWith("fred: observations is not as documented");

    [Fact]
    public void Reads_the_recorded_series_and_observations()
    {
        var recordings = RecordedAnswers.Read("fred/rest_2024.jsonl.gz");
        var gdp = Observations(recordings, "GDP");
        (gdp.Count, gdp.Count(o => o.Value is null), gdp[4].Day).ShouldBe((315, 4, new DateOnly(1947, 1, 1)));
        Observations(recordings, "WGS10YR").Count.ShouldBe(3278);
        FredParser.Series(recordings.First(r => r.Url.Contains("/series?", StringComparison.Ordinal)).Body).UpdatedAt.ShouldBe(Timestamp.Parse("2024-10-30T12:54:01Z"));

        var daily = RecordedAnswers.Read("fred/observations_daily_2023.jsonl");
        Observations(daily, "DFF").Count.ShouldBe(157);
        var spread = Observations(daily, "T10Y3M");
        (spread.Count, spread.Count(o => o.Value is null), spread.Any(o => o.Value < 0)).ShouldBe((112, 4, true));
    }

    private static IReadOnlyList<FredObservation> Observations(IReadOnlyList<RecordedAnswer> recordings, string series)
    {
        var page = FredParser.Observations(recordings.First(r => r.Url.Contains("/observations", StringComparison.Ordinal) && r.Url.Contains($"series_id={series}", StringComparison.Ordinal)).Body);
        page.Observations.Count.ShouldBe(page.Count);
        return page.Observations;
    }
}
