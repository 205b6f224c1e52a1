using System.Text;
using Mts.Cli.Live;
using Mts.Core.Feeds;
using Mts.Storage.Cache;
using Mts.Storage.Cache.Live;
using Mts.UnitTests.Adapters;
using Mts.UnitTests.Realtime;

namespace Mts.UnitTests.Live;

public sealed class ConnectionEntriesTests : IDisposable
{
    private readonly FeedBench bench = new(new ScriptedVenue(new CountingSequencer()), ["BTC/USDT", "ETH/USDT"], null, Channel.Depth);
    private readonly ManualTimeProvider clock = new();
    private readonly MemoryCache cache;
    private readonly MarketCache market;
    private readonly LiveEncoder encoder;
    private readonly ConnectionEntries entries;

    public ConnectionEntriesTests()
    {
        cache = new MemoryCache(clock);
        market = new MarketCache(cache, new MemoryEvents(), new MarketCacheOptions { Writer = "test" }, clock);
        encoder = new LiveEncoder(clock);
        entries = new ConnectionEntries(market);
    }

    public void Dispose() => encoder.Dispose();

    [Fact]
    public async Task Tell_streams_epoch_and_last_message_of_a_connection_that_stands()
    {
        bench.Open().Frame("accept BTCUSDT Depth").Frame("refuse ETHUSDT Depth");
        (await SeenAsync()).ShouldBe($$"""{"exchange":"scripted","connection":"spot-1","timestamp":{{bench.Now.UnixMilliseconds}},"state":"open","epoch":1,"subscriptions":["BTC/USDT depth"],"last_message":{{bench.Now.UnixMilliseconds}}}""");
    }

    [Fact]
    public async Task Tell_a_loss_and_its_successor()
    {
        bench.Open().Input(FeedInputKind.Closed, 1, "gone");
        (await SeenAsync()).ShouldContain("""
            "state":"lost","epoch":1,"subscriptions":[],"last_message":null
            """);
        bench.Wait(2).Open(2);
        (await SeenAsync()).ShouldContain("""
            "state":"open","epoch":2
            """);
    }

    [Fact]
    public async Task Are_renewed_while_nothing_changes_and_closed_at_the_end()
    {
        bench.Open();
        for (var minute = 0; minute < 90; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            bench.Jump(60);
            (await SeenAsync()).ShouldNotBeEmpty();
        }

        entries.Close([bench.Feed], bench.Now);
        (await WrittenAsync()).ShouldContain("""
            "state":"closed"
            """);
    }

    private async Task<string> SeenAsync()
    {
        foreach (var note in bench.Notes) entries.OnConnection(note);
        bench.Notes.Clear();
        entries.Look([bench.Feed], bench.Now);
        return await WrittenAsync();
    }

    private async Task<string> WrittenAsync()
    {
        (await market.WriteAsync(encoder, TestContext.Current.CancellationToken)).ShouldBeTrue();
        return Encoding.UTF8.GetString((await cache.GetAsync("session:scripted:spot-1", TestContext.Current.CancellationToken)) ?? []);
    }
}
