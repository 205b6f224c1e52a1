using Microsoft.Extensions.Logging.Abstractions;
using Mts.Adapters.CoinGecko;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.UnitTests.Adapters.CoinGecko;

public sealed class CoinGeckoHistoryTests
{
    private static readonly Asset Bitcoin = new("bitcoin", "BTC", "Bitcoin", "bitcoin-cg", "BTCUSDT", "BTCUSDT");
    private static readonly Symbol BtcUsd = new("BTC", "USD");
    private readonly ManualTimeProvider clock = new(new DateTimeOffset(2024, 1, 2, 5, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Makes_a_daily_bar_of_six_finished_four_hour_candles_and_of_no_fewer()
    {
        using var service = Service(_ => (200, Fixtures.Text("coingecko", "ohlc.json")));
        var page = await BarsAsync(service, BtcUsd, Interval.Day, "2023-12-30", "2024-01-03");
        page.Bars.ShouldBe([new Bar(Timestamp.Parse("2024-01-01"), 100, 120, 90, 103, double.NaN)]);
        service.Asked.ShouldBe(["/api/v3/coins/bitcoin-cg/ohlc?vs_currency=usd&days=7"]);
        page.Provenance.Source.ShouldBe("coingecko");
        page.Provenance.Request.ShouldBe("https://api.coingecko.com/api/v3/coins/bitcoin-cg/ohlc?vs_currency=usd&days=7");
        page.Provenance.Hash.Length.ShouldBe(64);
    }

    [Fact]
    public async Task Does_not_trust_a_candle_that_ended_within_the_age_of_the_services_cache()
    {
        var early = new ManualTimeProvider(new DateTimeOffset(2024, 1, 2, 4, 14, 59, TimeSpan.Zero));
        using var service = Service(_ => (200, Fixtures.Text("coingecko", "ohlc.json")), early);
        (await BarsAsync(service, BtcUsd, Interval.FourHours, "2024-01-01", "2024-01-03", early)).Bars[^1].OpenTime.ShouldBe(Timestamp.Parse("2024-01-01T20:00:00Z"));
        early.Advance(TimeSpan.FromSeconds(1));
        (await BarsAsync(service, BtcUsd, Interval.FourHours, "2024-01-01", "2024-01-03", early)).Bars[^1].OpenTime.ShouldBe(Timestamp.Parse("2024-01-02"));
    }

    [Theory]
    [InlineData("2023-12-27", 7)]
    [InlineData("2023-12-26", 14)]
    [InlineData("2023-12-15", 30)]
    [InlineData("2023-06-01", 30)]
    public async Task Asks_for_the_fewest_days_that_the_service_offers(string from, int days)
    {
        using var service = Service(_ => (200, "[]"));
        _ = await BarsAsync(service, BtcUsd, Interval.FourHours, from, "2024-01-03");
        service.Asked.Single().ShouldEndWith($"days={days}");
    }

    [Fact]
    public async Task Says_that_a_stablecoin_market_is_not_its_own_and_that_an_interval_is_not_served()
    {
        using var service = Service(_ => (200, "[]"));
        (await Should.ThrowAsync<ApiException>(() => BarsAsync(service, new Symbol("BTC", "USDT"), Interval.Day, "2024-01-01", "2024-01-02"))).Message.ShouldContain("BTC/USD");
        _ = await Should.ThrowAsync<ConfigurationException>(() => BarsAsync(service, BtcUsd, Interval.Hour, "2024-01-01", "2024-01-02"));
        service.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Gives_points_in_the_order_of_time_without_the_live_last_one()
    {
        using var service = Service(_ => (200, Fixtures.Text("coingecko", "market_chart.json")));
        var page = await History(service, clock, new()).FetchPointsAsync(Bitcoin, Timestamp.Parse("2024-01-01"), Timestamp.Parse("2025-01-01"), default);
        page.Points.Select(p => p.Price).ShouldBe([100.5, 1.2e-05, 101.25]);
        service.Asked.Single().ShouldBe("/api/v3/coins/bitcoin-cg/market_chart/range?vs_currency=usd&from=1704067200&to=1704171600");
    }

    [Fact]
    public async Task Keeps_the_value_of_midnight_as_last_daily_point()
    {
        using var service = Service(_ => (200, """{"prices":[[1704067200000,100],[1704153600000,101]],"total_volumes":[]}"""));
        var page = await History(service, clock, new()).FetchPointsAsync(Bitcoin, Timestamp.Parse("2023-08-01"), Timestamp.Parse("2024-01-03"), default);
        page.Points.Select(p => p.Price).ShouldBe([100, 101]);
    }

    [Fact]
    public async Task Keeps_the_last_point_of_a_range_in_the_past_and_nothing_outside_it()
    {
        var later = new ManualTimeProvider(new DateTimeOffset(2024, 2, 1, 0, 0, 0, TimeSpan.Zero));
        using var service = Service(_ => (200, Fixtures.Text("coingecko", "market_chart.json")), later);
        var page = await History(service, later, new()).FetchPointsAsync(Bitcoin, Timestamp.Parse("2024-01-01T00:30:00Z"), Timestamp.Parse("2024-01-02"), default);
        page.Points.Select(p => p.Price).ShouldBe([1.2e-05, 101.25, 102]);
    }

    [Fact]
    public async Task Asks_a_free_plan_for_its_365_days_only_and_a_paid_one_for_all()
    {
        using var service = Service(_ => (200, """{"prices":[],"total_volumes":[]}"""));
        var (from, until) = (Timestamp.Parse("2020-01-01"), Timestamp.Parse("2024-01-01"));
        _ = await History(service, clock, new()).FetchPointsAsync(Bitcoin, from, until, default);
        // 2024-01-02T05:00Z less 365 days, plus a minute.
        service.Asked.Last().ShouldContain("&from=1672635660&");
        _ = await History(service, clock, new() { Plan = CoinGeckoPlan.Pro, ApiKey = "CG-x" }).FetchPointsAsync(Bitcoin, from, until, default);
        service.Asked.Last().ShouldContain("&from=1577836800&");
        var refused = await Should.ThrowAsync<ApiException>(() => History(service, clock, new()).FetchPointsAsync(Bitcoin, from, Timestamp.Parse("2021-01-01"), default));
        refused.Message.ShouldContain("2023-01-02");
        refused.IsTransient.ShouldBeFalse();
    }

    [Theory]
    [InlineData("error_range.json", 401, "10012", "sources.coingecko.plan")]
    [InlineData("error_pro_key.json", 400, "10010", "plan to Pro")]
    public async Task Says_what_to_do_about_an_error_in_either_envelope(string fixture, int status, string code, string advice)
    {
        using var service = Service(_ => (status, Fixtures.Text("coingecko", fixture)));
        var failure = await Should.ThrowAsync<ApiException>(() => new CoinGeckoClient(service.Client).OhlcAsync("bitcoin", "usd", 7, default));
        (failure.Status, failure.Code, failure.IsTransient).ShouldBe((status, code, false));
        failure.Message.ShouldContain(advice);
    }

    [Theory]
    [InlineData(404, """{"error":"coin not found"}""", "answered 404: coin not found")]
    [InlineData(422, """{"error":"Missing parameter vs_currency"}""", "Missing parameter vs_currency")]
    [InlineData(403, "<html>error code: 1020</html>", "1020")]
    public async Task Quotes_a_bare_error_and_even_a_page(int status, string body, string quoted)
    {
        using var service = Service(_ => (status, body));
        var failure = await Should.ThrowAsync<ApiException>(() => new CoinGeckoClient(service.Client).ProbeAsync(default));
        failure.Message.ShouldContain(quoted);
        failure.IsTransient.ShouldBeFalse();
    }

    [Theory]
    [InlineData(429, "Throttled")]
    [InlineData(429, "<html>cloudflare</html>")]
    [InlineData(429, """{"status":{"error_code":429,"error_message":"slow down"}}""")]
    [InlineData(200, """{"status":{"error_code":429,"error_message":"slow down"}}""")]
    public async Task Takes_every_form_of_too_many_requests_for_what_it_is(int status, string body)
    {
        using var service = Service(_ => (status, body));
        var failure = await Should.ThrowAsync<ApiRateLimitException>(() => new CoinGeckoClient(service.Client).ProbeAsync(default));
        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Uses_host_and_header_of_the_plan()
    {
        using var demo = Service(_ => (200, """{"gecko_says":"(V3) To the Moon!"}"""), options: new() { ApiKey = "CG-secret" });
        (await new CoinGeckoClient(demo.Client).ProbeAsync(default)).ShouldBeNull();
        demo.LastHeaders.GetValues("x-cg-demo-api-key").ShouldBe(["CG-secret"]);
        var pro = new CoinGeckoOptions { ApiKey = "CG-secret", Plan = CoinGeckoPlan.Pro };
        pro.Service().BaseAddress.Host.ShouldBe("pro-api.coingecko.com");
        pro.Service().SecretHeaders.Single().Name.ShouldBe("x-cg-pro-api-key");
        new CoinGeckoOptions { Plan = CoinGeckoPlan.Pro, Currency = "US$" }.Problems().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Pages_through_markets_until_there_are_no_new_coins()
    {
        using var service = Service(_ => (200, $"[{string.Join(',', Enumerable.Range(0, 250).Select(i => $$"""{"id":"c{{i}}"}"""))}]"));
        (await new CoinGeckoClient(service.Client).MarketsAsync(600, "usd", default)).Count.ShouldBe(250);
        service.Asked.Count().ShouldBe(2);
    }

    private RoutedService Service(Func<Uri, (int, string)> answer, ManualTimeProvider? time = null, CoinGeckoOptions? options = null) =>
        new((options ?? new()).Service(), time ?? clock, answer);

    private static CoinGeckoHistory History(RoutedService service, ManualTimeProvider time, CoinGeckoOptions options) =>
        new(new CoinGeckoClient(service.Client), options, new AssetCatalog([Bitcoin]), time, NullLogger.Instance);

    private async Task<BarPage> BarsAsync(RoutedService service, Symbol symbol, Interval interval, string from, string until, ManualTimeProvider? time = null)
    {
        var pages = new List<BarPage>();
        await foreach (var page in History(service, time ?? clock, new()).FetchAsync(symbol, interval, Timestamp.Parse(from), Timestamp.Parse(until), default)) pages.Add(page);
        return pages.Single();
    }
}
