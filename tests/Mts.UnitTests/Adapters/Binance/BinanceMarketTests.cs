using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Mts.Adapters.Binance;
using Mts.Adapters.Http;
using Mts.Core;
using Mts.Core.Market;

namespace Mts.UnitTests.Adapters.Binance;

public sealed class BinanceMarketTests
{
    private static readonly Symbol Bitcoin = new("BTC", "USDT");
    private static readonly Symbol Perpetual = new("BTC", "USDT", "USDT");

    private readonly ManualTimeProvider clock = new();

    [Theory]
    [InlineData(1, 5, 2)]
    [InlineData(50, 50, 2)]
    [InlineData(51, 100, 5)]
    [InlineData(1_000, 1_000, 20)]
    [InlineData(5_000, 1_000, 20)]
    public async Task Asks_for_the_next_number_of_levels_that_the_venue_serves_and_pays_its_price(int levels, int asked, int weight)
    {
        using var venue = new ScriptedHandler(clock, Answer("depth_usdm"));
        using var source = Source(venue);
        await source.Usdm.GetDepthAsync(Perpetual, levels, TestContext.Current.CancellationToken);
        PathAndQuery(venue, 0).ShouldBe($"/fapi/v1/depth?symbol=BTCUSDT&limit={asked}");
        source.Usdm.Limiter.Used.ShouldBe(weight);
    }

    [Fact]
    public async Task Takes_over_the_weight_that_others_at_this_address_have_used()
    {
        using var venue = new ScriptedHandler(clock, ScriptedHandler.Answer(200, """{"serverTime":1704067200000}""", ("x-mbx-used-weight-1m", "4711")));
        using var source = Source(venue);
        (await source.Spot.ProbeAsync(TestContext.Current.CancellationToken)).ShouldBe(Timestamp.Parse("2024-01-01"));
        source.Spot.Limiter.Used.ShouldBe(4711);
    }

    [Fact]
    public async Task Lists_pairs_and_perpetuals_of_both_hosts()
    {
        using var venue = new ScriptedHandler(clock, Answer("exchangeInfo_spot"), Answer("exchangeInfo_usdm"), Answer("fundingInfo"));
        using var source = Source(venue);
        var instruments = await source.Instruments.ListInstrumentsAsync(TestContext.Current.CancellationToken);
        instruments.Select(i => i.Symbol.ToString()).ShouldBe(["BTC/USDT", "ETH/BTC", "BTC/USDT:USDT", "ETH/USDC:USDC", "TSLA/USDT:USDT"]);
        Enumerable.Range(0, 3).Select(i => PathAndQuery(venue, i)).ShouldBe(["/api/v3/exchangeInfo", "/fapi/v1/exchangeInfo", "/fapi/v1/fundingInfo"]);
    }

    [Fact]
    public async Task Goes_on_after_the_last_trade_known_and_refuses_earlier_ones()
    {
        using var venue = new ScriptedHandler(clock, Answer("aggTrades"));
        using var source = Source(venue);
        var trades = await source.Spot.GetTradesAsync(Bitcoin, 3478018549, TestContext.Current.CancellationToken);
        trades.Count.ShouldBe(2);
        PathAndQuery(venue, 0).ShouldBe("/api/v3/aggTrades?symbol=BTCUSDT&fromId=3478018549&limit=1000");
        await Should.ThrowAsync<DataValidationException>(() => source.Spot.GetTradesAsync(Bitcoin, 3478018550, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Asks_nothing_more_until_a_ban_ends_by_the_venues_word()
    {
        using var venue = new ScriptedHandler(clock, ScriptedHandler.Answer(418, """{"code":-1003,"msg":"Way too much request weight used; IP banned."}""", ("Retry-After", "120")), Answer("premiumIndex"));
        using var source = Source(venue);
        var error = await Should.ThrowAsync<ApiRateLimitException>(() => source.Usdm.GetMarkPriceAsync(Perpetual, TestContext.Current.CancellationToken));
        (error.IsBan, error.RetryAfter, error.Code).ShouldBe((true, TimeSpan.FromSeconds(120), "-1003"));
        clock.Advance(TimeSpan.FromSeconds(119));
        await Should.ThrowAsync<ApiRateLimitException>(() => source.Usdm.GetMarkPriceAsync(Perpetual, TestContext.Current.CancellationToken));
        venue.Requests.Count.ShouldBe(1);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await source.Usdm.GetMarkPriceAsync(Perpetual, TestContext.Current.CancellationToken)).Mark.ShouldBe(84551.10762319m);
    }

    private static string PathAndQuery(ScriptedHandler venue, int index) => venue.Requests[index].Request.RequestUri!.PathAndQuery;

    private static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answer(string name) =>
        ScriptedHandler.Answer(200, Encoding.UTF8.GetString(Payloads.Read($"binance/{name}.json")));

    private BinanceSource Source(HttpMessageHandler venue)
    {
        var options = BinanceOptions.Read(Path.Combine(Repository.Root, "config", "exchanges", "binance.json"));
        return new BinanceSource(options, new HttpOptions(), clock, new Random(1), NullLoggerFactory.Instance, venue);
    }
}
