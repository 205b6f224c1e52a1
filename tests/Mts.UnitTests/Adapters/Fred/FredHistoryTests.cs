using System.Globalization;
using System.Web;
using Mts.Adapters.Fred;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.UnitTests.Adapters.Fred;

public sealed class FredHistoryTests
{
    private const string Key = "0123456789abcdef0123456789abcdef";
    private static readonly MacroSeries Vix = MacroCatalog.Find("VIX");
    private static readonly MacroSeries Cpi = MacroCatalog.Find("CPI");
    private readonly ManualTimeProvider clock = new(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Knows_a_daily_value_on_the_next_business_day_at_14_utc()
    {
        using var service = Service(_ => (200, Fixtures.Text("fred", "observations.json")));
        var page = await FetchAsync(service, Vix, "2024-12-23", "2024-12-27");
        page.Observations.ShouldBe(
        [
            new MacroObservation(new(2024, 12, 23), 16.78, Timestamp.Parse("2024-12-24T14:00:00Z")),
            new MacroObservation(new(2024, 12, 24), 14.27, Timestamp.Parse("2024-12-26T14:00:00Z")),
            new MacroObservation(new(2024, 12, 25), null, Timestamp.Parse("2024-12-26T14:00:00Z")),
            new MacroObservation(new(2024, 12, 26), -0.03, Timestamp.Parse("2024-12-27T14:00:00Z")),
        ]);
        service.Asked.Single().ShouldBe(
            "/fred/series/observations?series_id=VIXCLS&observation_start=2024-12-23&observation_end=2024-12-27&limit=100000&offset=0&sort_order=asc&file_type=json&api_key=" + Key);
        page.Provenance.Request.ShouldNotContain(Key);
    }

    [Fact]
    public async Task Reads_page_after_page()
    {
        using var service = Service(uri => (200, Page(uri, Enumerable.Range(1, 7).Select(d => ($"2024-01-{d:00}", "2026-11-21", $"{d}")))));
        var page = await FetchAsync(service, Vix, "2024-01-01", "2024-01-31", new() { ApiKey = Key, PageSize = 3 });
        page.Observations.Select(o => o.Value).ShouldBe([1, 2, 3, 4, 5, 6, 7]);
        service.Asked.Count().ShouldBe(3);
    }

    [Theory]
    [InlineData("2024-01-02,2024-01-01")]
    [InlineData("2024-01-01,2024-01-01")]
    [InlineData("2023-12-31")]
    [InlineData("2024-02-01")]
    public async Task Refuses_days_out_of_order_or_outside_the_range(string days)
    {
        using var service = Service(uri => (200, Page(uri, days.Split(',').Select(d => (d, "2026-11-21", "1")))));
        _ = await Should.ThrowAsync<DataValidationException>(() => FetchAsync(service, Vix, "2024-01-01", "2024-01-31"));
    }

    [Fact]
    public async Task Refuses_pages_that_repeat_or_never_come()
    {
        const string Ends = """{"count":5,"offset":0,"observations":[]}""";
        using var service = Service(_ => (200, Ends));
        _ = await Should.ThrowAsync<DataValidationException>(() => FetchAsync(service, Vix, "2024-01-01", "2024-01-31"));
        const string Repeats = """{"count":2,"offset":0,"observations":[{"realtime_start":"2024-01-01","date":"2024-01-01","value":"1"}]}""";
        using var again = Service(_ => (200, Repeats));
        _ = await Should.ThrowAsync<DataValidationException>(() => FetchAsync(again, Vix, "2024-01-01", "2024-01-31"));
    }

    [Theory]
    [InlineData(2_000)]
    [InlineData(2)]
    public async Task Gives_each_vintage_the_day_on_which_it_became_known(int perRequest)
    {
        // The January value is released on 13 February, revised a year later; January 2020 was there when vintages began.
        (string Day, string From, string To, string Value)[] store =
        [
            ("2020-01-01", "2020-03-01", "9999-12-31", "259.1"),
            ("2024-01-01", "2024-02-13", "2025-02-11", "309.7"),
            ("2024-01-01", "2025-02-12", "9999-12-31", "309.8"),
            ("2024-02-01", "2024-03-12", "9999-12-31", "311.1"),
        ];
        string[] vintages = ["2020-03-01", "2024-02-13", "2024-03-12", "2024-04-10", "2025-02-12"];
        using var service = Service(uri => (200, uri.AbsolutePath.EndsWith("vintagedates", StringComparison.Ordinal) ? Vintages(vintages) : Period(uri, store)));
        var page = await FetchAsync(service, Cpi, "2020-01-01", "2024-12-31", new() { ApiKey = Key, Vintages = true, VintagesPerRequest = perRequest });
        page.Observations.ShouldBe(
        [
            // 47 days of lag in the table: 17 February 2020 is a holiday, so the 18th.
            new MacroObservation(new(2020, 1, 1), 259.1, Timestamp.Parse("2020-02-18T14:00:00Z")),
            new MacroObservation(new(2024, 1, 1), 309.7, Timestamp.Parse("2024-02-13T14:00:00Z")),
            new MacroObservation(new(2024, 1, 1), 309.8, Timestamp.Parse("2025-02-12T14:00:00Z")),
            new MacroObservation(new(2024, 2, 1), 311.1, Timestamp.Parse("2024-03-12T14:00:00Z")),
        ]);
        service.Asked.Count().ShouldBe(perRequest == 2 ? 4 : 2);
        // 03:00 UTC on the 22nd is still the 21st in Chicago.
        service.Asked.First().ShouldContain("realtime_end=2026-11-21");
    }

    [Fact]
    public async Task Names_the_setting_when_the_key_is_wrong_or_missing()
    {
        using var service = Service(_ => (400, Fixtures.Text("fred", "error_key.json")));
        var wrong = await Should.ThrowAsync<ApiException>(() => FetchAsync(service, Vix, "2024-01-01", "2024-01-31"));
        (wrong.Status, wrong.Code, wrong.IsTransient).ShouldBe((400, "400", false));
        wrong.Message.ShouldContain("sources.fred.apiKey (MTS__Sources__Fred__ApiKey)");
        wrong.ToString().ShouldNotContain(Key);
        service.Asked.Count().ShouldBe(1);

        var missing = await Should.ThrowAsync<ApiException>(() => FetchAsync(service, Vix, "2024-01-01", "2024-01-31", new()));
        missing.Message.ShouldContain("MTS__Sources__Fred__ApiKey");
        service.Asked.Count().ShouldBe(1);
    }

    [Fact]
    public async Task Notices_an_answer_for_another_series()
    {
        using var service = Service(_ => (200, Fixtures.Text("fred", "series.json")));
        var client = new FredClient(service.Client, new() { ApiKey = Key });
        (await client.SeriesAsync("VIXCLS", default)).Units.ShouldBe("Index");
        _ = await Should.ThrowAsync<DataValidationException>(() => client.SeriesAsync("DGS10", default));
    }

    private RoutedService Service(Func<Uri, (int, string)> answer) => new(new FredOptions { ApiKey = Key }.Service(), clock, answer);

    private Task<MacroPage> FetchAsync(RoutedService service, MacroSeries series, string from, string until, FredOptions? options = null)
    {
        var own = options ?? new FredOptions { ApiKey = Key };
        return new FredHistory(new FredClient(service.Client, own), own, clock).FetchMacroAsync(
            series, DateOnly.ParseExact(from, "yyyy-MM-dd"), DateOnly.ParseExact(until, "yyyy-MM-dd"), default);
    }

    private static string Page(Uri uri, IEnumerable<(string Day, string From, string Value)> all)
    {
        var query = HttpUtility.ParseQueryString(uri.Query);
        var (offset, limit) = (int.Parse(query["offset"]!), int.Parse(query["limit"]!));
        var rows = all.ToList();
        var shown = rows.Skip(offset).Take(limit).Select(r => $$"""{"realtime_start":"{{r.From}}","realtime_end":"9999-12-31","date":"{{r.Day}}","value":"{{r.Value}}"}""");
        return $$"""{"units":"lin","count":{{rows.Count}},"offset":{{offset}},"limit":{{limit}},"observations":[{{string.Join(',', shown)}}]}""";
    }

    // What FRED shows within a real-time period: values valid in it, their start clipped to the period's.
    private static string Period(Uri uri, (string Day, string From, string To, string Value)[] store)
    {
        var query = HttpUtility.ParseQueryString(uri.Query);
        var (first, last) = (query["realtime_start"]!, query["realtime_end"]!);
        var rows = store.Where(v => string.CompareOrdinal(v.From, last) <= 0 && string.CompareOrdinal(v.To, first) >= 0)
            .Select(v => (v.Day, string.CompareOrdinal(v.From, first) < 0 ? first : v.From, v.Value));
        return Page(uri, rows);
    }

    private static string Vintages(string[] dates) =>
        $$"""{"count":{{dates.Length.ToString(CultureInfo.InvariantCulture)}},"offset":0,"limit":10000,"vintage_dates":[{{string.Join(',', dates.Select(d => $"\"{d}\""))}}]}""";
}
