using Microsoft.Extensions.Logging.Abstractions;
using Mts.Adapters.Binance;
using Mts.Adapters.Http;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.UnitTests.Adapters.Binance;

public sealed class BinanceHistoryTests
{
    private const long Minute = 60_000;

    private static readonly Symbol Bitcoin = new("BTC", "USDT");
    private static readonly Symbol Perpetual = new("BTC", "USDT", "USDT");
    private static readonly Timestamp Start = Timestamp.Parse("2024-01-01");

    private readonly ManualTimeProvider clock = new(new DateTimeOffset(2024, 3, 1, 12, 0, 30, TimeSpan.Zero));

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    [Theory]
    [InlineData(1_000)]
    [InlineData(7)] // A server that gives less than asked for must not end the walk early.
    public async Task Pages_over_a_range_with_every_bar_once(int most)
    {
        using var venue = new FakeBinance(Minutes(3_000), Minute, () => Now) { Most = most };
        var pages = await Bars(venue, Start, Start + TimeSpan.FromMinutes(3_000));
        var times = pages.SelectMany(p => p.Bars).Select(b => b.OpenTime.UnixMilliseconds).ToList();
        times.ShouldBe(Minutes(3_000));
        pages.Count.ShouldBe((3_000 + most - 1) / most);
    }

    [Fact]
    public async Task Asks_for_no_more_rows_than_the_range_holds_and_stops_without_another_request()
    {
        using var venue = new FakeBinance(Minutes(3_000), Minute, () => Now);
        await Bars(venue, Start, Start + TimeSpan.FromMinutes(1_500));
        venue.Asked.ShouldBe([
            "/api/v3/time",
            "/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=1704067200000&endTime=1704157199999&limit=1000",
            "/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=1704127140001&endTime=1704157199999&limit=500",
        ]);
    }

    [Fact]
    public async Task Keeps_holes_as_holes_wherever_they_lie()
    {
        var given = Minutes(5_000).Where((_, i) => i is < 900 or (> 2_500 and < 4_000)).ToList();
        using var venue = new FakeBinance(given, Minute, () => Now);
        var pages = await Bars(venue, Start - TimeSpan.FromDays(100), Start + TimeSpan.FromMinutes(5_000));
        pages.SelectMany(p => p.Bars).Select(b => b.OpenTime.UnixMilliseconds).ShouldBe(given);
    }

    [Fact]
    public async Task Gives_no_bar_that_is_unfinished_by_the_venues_clock_even_where_ours_runs_ahead()
    {
        var venueNow = Start.UnixMilliseconds + (10 * Minute) - 1; // One millisecond before the tenth bar closes.
        using var venue = new FakeBinance(Minutes(3_000), Minute, () => venueNow);
        var pages = await Bars(venue, Start, Start + TimeSpan.FromDays(1));
        pages.SelectMany(p => p.Bars).Select(b => b.OpenTime).Last().ShouldBe(Start + TimeSpan.FromMinutes(8));
        venueNow++;
        pages = await Bars(venue, Start, Start + TimeSpan.FromDays(1));
        pages.SelectMany(p => p.Bars).Select(b => b.OpenTime).Last().ShouldBe(Start + TimeSpan.FromMinutes(9));
    }

    [Fact]
    public async Task Says_where_each_page_came_from()
    {
        using var venue = new FakeBinance(Minutes(3), Minute, () => Now);
        var page = (await Bars(venue, Start, Start + TimeSpan.FromMinutes(3))).ShouldHaveSingleItem();
        page.Provenance.Source.ShouldBe("binance");
        page.Provenance.Request.ShouldBe("http://venue.example/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=1704067200000&endTime=1704067379999&limit=3");
        page.Provenance.FetchedAt.ShouldBe(Timestamp.Now(clock));
        page.Provenance.Hash.ShouldMatch("^[0-9a-f]{64}$");
    }

    [Theory]
    [InlineData(3_600_000)] // Hours for minutes.
    [InlineData(1_000)] // Seconds for minutes.
    public async Task Refuses_an_answer_of_another_interval(long step)
    {
        using var venue = new FakeBinance([.. Enumerable.Range(0, 50).Select(i => Start.UnixMilliseconds + (i * step))], step, () => Now);
        (await Should.ThrowAsync<DataValidationException>(() => Bars(venue, Start, Start + TimeSpan.FromDays(1)))).Message.ShouldContain("[[1704067200000");
    }

    [Fact]
    public async Task Refuses_an_unsorted_answer_and_one_outside_the_range()
    {
        var row = """[1704067200000,"1","1","1","1","1",1704067259999]""";
        using var twice = new FakeBinance(Minutes(3), Minute, () => Now) { Damage = _ => $"[{row},{row}]" };
        (await Should.ThrowAsync<DataValidationException>(() => Bars(twice, Start, Start + TimeSpan.FromMinutes(3)))).Message.ShouldContain("does not come after");
        using var early = new FakeBinance(Minutes(3), Minute, () => Now) { Damage = _ => $"[{row}]" };
        (await Should.ThrowAsync<DataValidationException>(() => Bars(early, Start + TimeSpan.FromHours(1), Start + TimeSpan.FromHours(2)))).Message.ShouldContain("outside the range");
    }

    [Fact]
    public async Task Drops_a_repeated_first_row_but_does_not_go_round_in_circles()
    {
        var first = true;
        using var venue = new FakeBinance(Minutes(5), Minute, () => Now)
        {
            Most = 2,
            Damage = body =>
            {
                if (!first) return """[[1704067260000,"1","1","1","1","1",1704067319999]]""";
                first = false;
                return body;
            },
        };
        (await Should.ThrowAsync<DataValidationException>(() => Bars(venue, Start, Start + TimeSpan.FromMinutes(5)))).Message.ShouldContain("given again and nothing after it");
    }

    [Fact]
    public async Task Knows_the_intervals_of_each_market()
    {
        using var venue = new FakeBinance([], Minute, () => Now);
        using var source = Source(venue);
        source.Bars.Intervals.ShouldContain(Interval.Parse("1s"));
        var pages = source.Bars.FetchAsync(Perpetual, Interval.Parse("1s"), Start, Start + TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<ConfigurationException>(() => ToListAsync(pages))).Message.ShouldStartWith("binance has no 1s bars of BTC/USDT:USDT; it has 1m ");
    }

    [Fact]
    public async Task Pages_over_settled_funding_whose_stamps_lie_a_little_after_the_hour()
    {
        var times = Enumerable.Range(0, 2_500).Select(i => Start.UnixMilliseconds - (i * 8L * 3_600_000) + (i % 15)).Reverse().ToList();
        using var venue = new FakeBinance(times, Minute, () => Now);
        using var source = Source(venue);
        var pages = await ToListAsync(source.Funding.FetchFundingAsync(Perpetual, Timestamp.Parse("2019-01-01"), Timestamp.MaxValue, TestContext.Current.CancellationToken));
        pages.SelectMany(p => p.Rates).Select(r => r.Time.UnixMilliseconds).ShouldBe(times);
        venue.Asked[1].ShouldStartWith("/fapi/v1/fundingRate?symbol=BTCUSDT&startTime=1546300800000&endTime=1709294429999&limit=1000");
    }

    [Fact]
    public async Task Knows_no_funding_of_a_spot_pair()
    {
        using var venue = new FakeBinance([], Minute, () => Now);
        using var source = Source(venue);
        var pages = source.Funding.FetchFundingAsync(Bitcoin, Start, Timestamp.MaxValue, TestContext.Current.CancellationToken);
        await Should.ThrowAsync<ConfigurationException>(() => ToListAsync(pages));
    }

    [Fact]
    public async Task Names_the_market_that_the_venue_does_not_list()
    {
        using var venue = new ScriptedHandler(clock, ScriptedHandler.Answer(200, """{"serverTime":1709294430000}"""), ScriptedHandler.Answer(400, """{"code":-1121,"msg":"Invalid symbol."}"""));
        var error = await Should.ThrowAsync<ApiException>(() => Bars(venue, Start, Start + TimeSpan.FromHours(1)));
        (error.Code, error.Status, error.IsTransient).ShouldBe(("-1121", 400, false));
        error.Message.ShouldContain("symbol=BTCUSDT");
        error.Message.ShouldContain("lists no such market");
        venue.Requests.Count.ShouldBe(2);
    }

    private static List<long> Minutes(int count) => [.. Enumerable.Range(0, count).Select(i => Start.UnixMilliseconds + (i * Minute))];

    private async Task<List<BarPage>> Bars(HttpMessageHandler venue, Timestamp from, Timestamp until)
    {
        using var source = Source(venue);
        return await ToListAsync(source.Bars.FetchAsync(Bitcoin, Interval.Minute, from, until, TestContext.Current.CancellationToken));
    }

    private BinanceSource Source(HttpMessageHandler venue)
    {
        var options = BinanceOptions.Read(Path.Combine(Repository.Root, "config", "exchanges", "binance.json"));
        var address = new Uri("http://venue.example");
        options = options with { Spot = options.Spot with { BaseAddress = address }, Usdm = options.Usdm with { BaseAddress = address } };
        return new BinanceSource(options, new HttpOptions(), clock, new Random(1), NullLoggerFactory.Instance, venue);
    }

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> pages)
    {
        var list = new List<T>();
        await foreach (var page in pages) list.Add(page);
        return list;
    }
}
