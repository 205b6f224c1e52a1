using Mts.Cli.Live;
using Mts.UnitTests.Realtime;

namespace Mts.UnitTests.Live;

public sealed class CacheTapTests : IDisposable
{
    private readonly CacheBench cache = new();

    public void Dispose() => cache.Dispose();

    [Fact]
    public async Task A_book_that_nobody_keeps_any_more_is_not_valid()
    {
        var bench = new FeedBench().Open().Frame("d BTCUSDT 11 12 - 100:1 101:1").Fetched("s BTCUSDT 10 99:5 102:5");
        new CacheTap(cache.Market, _ => null).OnBook(bench.Market, bench.Now);
        (await BookAsync()).ShouldContain("""
            "state":"VALID","update_id":12,"best_bid":0.000001,
            """);

        CacheTap.End(cache.Market, bench.Feed.Markets, bench.Now);

        (await BookAsync()).ShouldContain("""
            "state":"STALE","update_id":12,"best_bid":null
            """);
    }

    private Task<string> BookAsync() => cache.WrittenAsync("orderbook:scripted:BTC/USDT");
}
