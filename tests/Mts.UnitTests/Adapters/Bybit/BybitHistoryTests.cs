using Microsoft.Extensions.Logging.Abstractions;
using Mts.Adapters.Bybit;
using Mts.Adapters.Http;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.UnitTests.Adapters.Bybit;

public sealed class BybitHistoryTests
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;

    private static readonly Symbol Bitcoin = new("BTC", "USDT");
    private static readonly Symbol Perpetual = new("BTC", "USDT", "USDT");
    private static readonly Timestamp Start = Timestamp.Parse("2024-01-01");

    private readonly ManualTimeProvider clock = new(new DateTimeOffset(2024, 3, 1, 12, 0, 30, TimeSpan.Zero));

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public async Task Pages_forward_over_a_range_although_the_venue_gives_the_newest_first()
    {
        using var venue = new FakeBybit(Minutes(3_000), () => Now);
        var pages = await Bars(venue, Bitcoin, Start, Start + TimeSpan.FromMinutes(2_500));
        pages.Select(p => p.Bars.Count).ShouldBe([1_000, 1_000, 500]);
        pages.SelectMany(p => p.Bars).Select(b => b.OpenTime.UnixMilliseconds).ShouldBe(Minutes(2_500));
        venue.Asked[1].ShouldBe("/v5/market/kline?category=spot&symbol=BTCUSDT&interval=1&start=1704067200000&end=1704127199999&limit=1000");
        venue.Asked.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Crosses_the_years_before_a_listing_in_few_requests_and_keeps_holes()
    {
        var given = Minutes(6_000).Where((_, i) => i is < 900 or > 4_100).ToList();
        using var venue = new FakeBybit(given, () => Now);
        var pages = await Bars(venue, Perpetual, Timestamp.Parse("2019-01-01"), Start + TimeSpan.FromMinutes(6_000));
        pages.SelectMany(p => p.Bars).Select(b => b.OpenTime.UnixMilliseconds).ShouldBe(given);
        venue.Asked.Count.ShouldBeLessThan(40); // 2,600 one by one.
    }

    [Fact]
    public async Task Gives_no_bar_that_is_unfinished_by_the_venues_clock()
    {
        var venueNow = Start.UnixMilliseconds + (10 * Minute) - 1;
        using var venue = new FakeBybit(Minutes(3_000), () => venueNow);
        (await Bars(venue, Bitcoin, Start, Start + TimeSpan.FromDays(1))).SelectMany(p => p.Bars).Last().OpenTime.ShouldBe(Start + TimeSpan.FromMinutes(8));
        venueNow++;
        (await Bars(venue, Bitcoin, Start, Start + TimeSpan.FromDays(1))).SelectMany(p => p.Bars).Last().OpenTime.ShouldBe(Start + TimeSpan.FromMinutes(9));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public async Task Pages_over_settled_funding_of_any_interval(int hours)
    {
        var times = Enumerable.Range(0, 3_000).Select(i => Start.UnixMilliseconds - (i * hours * Hour)).Reverse().ToList();
        using var venue = new FakeBybit(times, () => Now);
        using var source = Source(venue);
        var pages = await ToListAsync(source.Funding.FetchFundingAsync(Perpetual, Timestamp.Parse("2019-01-01"), Timestamp.MaxValue, TestContext.Current.CancellationToken));
        var asked = times.Where(t => t >= Timestamp.Parse("2019-01-01").UnixMilliseconds).ToList();
        pages.SelectMany(p => p.Rates).Select(r => r.Time.UnixMilliseconds).ShouldBe(asked);
        venue.Asked.ShouldAllBe(a => !a.Contains("startTime") || a.Contains("endTime")); // The venue refuses a start alone.
    }

    [Fact]
    public async Task Lists_instruments_of_both_categories_to_the_last_page()
    {
        using var venue = new FakeBybit([], () => Now);
        using var source = Source(venue);
        var instruments = await source.Instruments.ListInstrumentsAsync(TestContext.Current.CancellationToken);
        instruments.Select(i => i.Symbol.ToString()).ShouldBe(["BTC/USDT", "BTC/USDT:USDT", "ETH/USDT:USDT", "SOL/USDT:USDT"]);
    }

    [Fact]
    public async Task Waits_out_a_limit_that_comes_with_status_200()
    {
        using var venue = new ScriptedHandler(clock,
            ScriptedHandler.Answer(200, """{"retCode":10006,"retMsg":"Too many visits!","result":{},"time":1}""", ("X-Bapi-Limit-Reset-Timestamp", $"{Now + 2_500}")),
            ScriptedHandler.Answer(200, $$$"""{"retCode":0,"retMsg":"OK","result":{"timeSecond":"1","timeNano":"{{{Now}}}000000"},"time":1}"""));
        using var source = Source(venue);
        var time = await clock.RunAsync(() => source.Market.ProbeAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        time.ShouldNotBeNull();
        venue.SecondsBetween.ShouldHaveSingleItem().ShouldBeGreaterThanOrEqualTo(2.5);
    }

    [Fact]
    public async Task Asks_nothing_more_once_it_is_banned()
    {
        using var venue = new ScriptedHandler(clock, ScriptedHandler.Answer(403, "access too frequent"));
        using var source = Source(venue);
        for (var i = 0; i < 3; i++)
        {
            var error = await Should.ThrowAsync<ApiRateLimitException>(() => source.Market.ProbeAsync(TestContext.Current.CancellationToken));
            (error.IsBan, error.RetryAfter).ShouldBe((true, TimeSpan.FromMinutes(10)));
        }

        venue.Requests.Count.ShouldBe(1);
    }

    private static List<long> Minutes(int count) => [.. Enumerable.Range(0, count).Select(i => Start.UnixMilliseconds + (i * Minute))];

    private async Task<List<BarPage>> Bars(HttpMessageHandler venue, Symbol symbol, Timestamp from, Timestamp until)
    {
        using var source = Source(venue);
        return await ToListAsync(source.Bars.FetchAsync(symbol, Interval.Minute, from, until, TestContext.Current.CancellationToken));
    }

    private BybitSource Source(HttpMessageHandler venue)
    {
        var options = BybitOptions.Read(Path.Combine(Repository.Root, "config", "exchanges", "bybit.json")) with { BaseAddress = new Uri("http://venue.example") };
        return new BybitSource(options, new HttpOptions(), clock, new Random(1), NullLoggerFactory.Instance, venue);
    }

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> pages)
    {
        var list = new List<T>();
        await foreach (var page in pages) list.Add(page);
        return list;
    }
}
