using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Mts.Adapters.Binance;
using Mts.Adapters.Bybit;
using Mts.Adapters.Http;
using Mts.Core;
using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.UnitTests.Adapters.Venues;

public sealed class VenueFetchTests
{
    private static readonly Symbol Spot = new("BTC", "USDT");
    private static readonly Symbol Perpetual = new("BTC", "USDT", "USDT");
    private static readonly Timestamp From = Timestamp.Parse("2026-09-28T17:39:00Z");

    [Fact]
    public async Task Binance_is_asked_for_the_tier_that_holds_the_levels_and_answers_with_its_bytes()
    {
        var host = new Host("""{"lastUpdateId":1,"bids":[],"asks":[]}""");
        using var source = new BinanceSource(
            BinanceOptions.Read(Config("binance.json")), new HttpOptions(), TimeProvider.System, new Random(1), NullLoggerFactory.Instance, host);
        var body = await source.Fetch.FetchAsync(new FetchRequest(FetchKind.Snapshot, Spot, 100), TestContext.Current.CancellationToken);
        Encoding.UTF8.GetString(body.Span).ShouldBe("""{"lastUpdateId":1,"bids":[],"asks":[]}""");
        source.Spot.Limiter.Used.ShouldBe(5);
        await source.Fetch.FetchAsync(new FetchRequest(FetchKind.Snapshot, Perpetual, 1_000), TestContext.Current.CancellationToken);
        source.Usdm.Limiter.Used.ShouldBe(20);
        await source.Fetch.FetchAsync(new FetchRequest(FetchKind.Trades, Spot, FromId: 77), TestContext.Current.CancellationToken);
        await source.Fetch.FetchAsync(new FetchRequest(FetchKind.Bars, Perpetual, From: From), TestContext.Current.CancellationToken);
        host.Asked.ShouldBe(
        [
            "/api/v3/depth?symbol=BTCUSDT&limit=100", "/fapi/v1/depth?symbol=BTCUSDT&limit=1000", "/api/v3/aggTrades?symbol=BTCUSDT&fromId=77&limit=1000",
            "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&startTime=1790617140000&limit=1500",
        ]);
    }

    [Fact]
    public async Task Bybit_is_asked_for_a_page_that_starts_where_it_should()
    {
        var host = new Host("""{"retCode":0,"retMsg":"OK","result":{},"time":1790617150050}""");
        using var source = new BybitSource(BybitOptions.Read(Config("bybit.json")), new HttpOptions(), TimeProvider.System, new Random(1), NullLoggerFactory.Instance, host);
        await source.Fetch.FetchAsync(new FetchRequest(FetchKind.Snapshot, Spot, 200), TestContext.Current.CancellationToken);
        await source.Fetch.FetchAsync(new FetchRequest(FetchKind.Trades, Spot), TestContext.Current.CancellationToken);
        await source.Fetch.FetchAsync(new FetchRequest(FetchKind.Trades, Perpetual), TestContext.Current.CancellationToken);
        await source.Fetch.FetchAsync(new FetchRequest(FetchKind.Bars, Perpetual, From: From), TestContext.Current.CancellationToken);
        host.Asked.ShouldBe(
        [
            "/v5/market/orderbook?category=spot&symbol=BTCUSDT&limit=200", "/v5/market/recent-trade?category=spot&symbol=BTCUSDT&limit=60",
            "/v5/market/recent-trade?category=linear&symbol=BTCUSDT&limit=1000",
            "/v5/market/kline?category=linear&symbol=BTCUSDT&interval=1&start=1790617140000&end=1790677080000&limit=1000", // 999 minutes later.
        ]);
    }

    [Theory]
    [InlineData("wss://stream.bybit.com")]
    [InlineData("ws://127.0.0.1:8080")]
    public void A_streams_address_may_be_any_host(string address) => (Bybit() with { StreamAddress = new Uri(address) }).Problems().ShouldBeEmpty();

    [Theory]
    [InlineData("https://stream.bybit.com")]
    [InlineData("wss://stream.bybit.com/v5")]
    [InlineData("wss://user@stream.bybit.com")]
    public void A_streams_address_is_a_scheme_and_a_host(string address) =>
        (Bybit() with { StreamAddress = new Uri(address) }).Problems().ShouldHaveSingleItem().ShouldStartWith("streamAddress: ");

    [Fact]
    public void A_wrong_address_names_its_setting()
    {
        var options = BinanceOptions.Read(Config("binance.json"));
        options = options with { Usdm = options.Usdm with { StreamAddress = new Uri("stream", UriKind.Relative) } };
        options.Problems().ShouldHaveSingleItem().ShouldStartWith("usdm.streamAddress: ");
    }

    private static BybitOptions Bybit() => BybitOptions.Read(Config("bybit.json"));

    private static string Config(string file) => Path.Combine(Repository.Root, "config", "exchanges", file);

    private sealed class Host(string body) : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.PathAndQuery);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) });
        }
    }
}
