using System.Text;
using Mts.Cli.Live;
using Mts.Storage.Cache;
using Mts.Storage.Cache.Live;
using Mts.UnitTests.Adapters;
using Mts.UnitTests.Realtime;

namespace Mts.UnitTests.Live;

public sealed class CacheTapTests : IDisposable
{
    private readonly ManualTimeProvider clock = new();
    private readonly MemoryCache cache;
    private readonly MarketCache market;
    private readonly LiveEncoder encoder;

    public CacheTapTests()
    {
        cache = new MemoryCache(clock);
        market = new MarketCache(cache, new MemoryEvents(), new MarketCacheOptions { Writer = "test" }, clock);
        encoder = new LiveEncoder(clock);
    }

    public void Dispose() => encoder.Dispose();

    [Fact]
    public async Task A_book_that_nobody_keeps_any_more_is_not_valid()
    {
        var bench = new FeedBench().Open().Frame("d BTCUSDT 11 12 - 100:1 101:1").Fetched("s BTCUSDT 10 99:5 102:5");
        new CacheTap(market, _ => null).OnBook(bench.Market, bench.Now);
        (await BookAsync()).ShouldContain("""
            "state":"VALID","update_id":12,"best_bid":0.000001,
            """);

        CacheTap.End(market, bench.Feed.Markets, bench.Now);

        (await BookAsync()).ShouldContain("""
            "state":"STALE","update_id":12,"best_bid":null
            """);
    }

    private async Task<string> BookAsync()
    {
        (await market.WriteAsync(encoder, TestContext.Current.CancellationToken)).ShouldBeTrue();
        return Encoding.UTF8.GetString((await cache.GetAsync("orderbook:scripted:BTC/USDT", TestContext.Current.CancellationToken)) ?? []);
    }
}
