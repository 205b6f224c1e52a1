using Mts.Cli.Live;
using Mts.Core.Feeds;
using Mts.UnitTests.Realtime;

namespace Mts.UnitTests.Live;

public sealed class ConnectionEntriesTests : IDisposable
{
    private readonly FeedBench bench = new(new ScriptedVenue(new CountingSequencer()), ["BTC/USDT", "ETH/USDT"], null, Channel.Depth);
    private readonly CacheBench cache = new();
    private readonly ConnectionEntries entries;

    public ConnectionEntriesTests() => entries = new ConnectionEntries(cache.Market);

    public void Dispose() => cache.Dispose();

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
            cache.Clock.Advance(TimeSpan.FromMinutes(1));
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

    private Task<string> WrittenAsync() => cache.WrittenAsync("session:scripted:spot-1");
}
