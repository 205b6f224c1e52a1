using System.Text;
using Mts.Core.Books;
using Mts.Storage.Cache;
using Mts.Storage.Cache.Live;
using Mts.Storage.Cache.Redis;

namespace Mts.IntegrationTests.Cache;

/// <summary>The live pipeline's writer against a server that is killed, flushed, frozen and filled.</summary>
public sealed class MarketCacheChaosTests : IAsyncLifetime
{
    private const int Instruments = 40;

    private static readonly Symbol[] Symbols = [.. Enumerable.Range(0, Instruments).Select(i => new Symbol($"A{i}", "USDT"))];

    private readonly CancellationTokenSource stop = new();
    private RedisServer server = null!;
    private CacheService service = null!;
    private MarketCache market = null!;
    private Task running = Task.CompletedTask;
    private long second = 1_700_000_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await RedisServer.StartAsync(Cancellation);
        // The product's own timeouts: with patient ones a frozen server would hold the writer.
        service = CacheService.OverRedis(new RedisOptions { Address = server.Options.Address }, TimeProvider.System, 1);
        market = new MarketCache(service.Cache, service.Events, new MarketCacheOptions { Writer = "chaos" }, TimeProvider.System);
        running = market.RunAsync(stop.Token);
        PutAll();
        await RightAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        if (service is not null) await service.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
        stop.Dispose();
    }

    [Fact]
    public async Task After_a_flush_every_newest_value_is_written_again_though_nothing_new_came()
    {
        await server.AskAsync(Cancellation, "FLUSHALL");
        await RightAsync();
        market.State.Failures.ShouldBe(0);
    }

    [Fact]
    public async Task After_a_kill_and_a_restart_every_newest_value_is_there_though_nothing_new_came()
    {
        server.Kill();
        await Until.HoldsAsync(() => !market.State.IsHealthy, Cancellation);
        await server.StartAgainAsync(Cancellation);
        await RightAsync();
        await Until.HoldsAsync(() => market.State.IsHealthy, Cancellation);
    }

    [Fact]
    public async Task A_publisher_goes_on_while_the_server_is_away_and_what_it_wrote_last_is_there_after_the_return()
    {
        server.Kill();
        // The publisher is this thread: nothing it calls can be awaited, so it cannot wait for the server.
        for (var i = 0; i < 50_000 / Instruments; i++) PutAll();

        market.State.Accepted.ShouldBe(50_000 + Instruments);
        market.State.Dropped.ShouldBeGreaterThan(40_000);
        market.State.Waiting.ShouldBeLessThanOrEqualTo(4_096 + Instruments + 512);
        await server.StartAgainAsync(Cancellation);
        await RightAsync();
    }

    [Fact]
    public async Task A_frozen_server_is_given_up_and_right_again_after_it_thaws()
    {
        await server.FreezeAsync(Cancellation);
        for (var i = 0; i < 100; i++) PutAll();
        await Until.HoldsAsync(() => !market.State.IsHealthy, Cancellation);
        market.State.LastFailure!.ShouldContain("did not");
        await server.ThawAsync(Cancellation);
        await RightAsync();
    }

    [Fact]
    public async Task A_full_server_refuses_and_is_right_again_when_it_has_room()
    {
        await server.AskAsync(Cancellation, "CONFIG", "SET", "maxmemory", "1mb");
        await Until.HoldsAsync(
            () =>
            {
                PutAll();
                return !market.State.IsHealthy;
            },
            Cancellation);
        market.State.LastFailure!.ShouldContain("OOM");
        await server.AskAsync(Cancellation, "CONFIG", "SET", "maxmemory", "0");
        await RightAsync();
    }

    [Fact]
    public async Task What_a_full_server_gave_up_is_written_again_when_it_has_room()
    {
        await server.AskAsync(Cancellation, "CONFIG", "SET", "maxmemory-policy", "allkeys-random");
        await server.AskAsync(Cancellation, "CONFIG", "SET", "maxmemory", "1mb");
        PutAll();
        await Until.HoldsAsync(async () => (await MissingAsync()) > 0, Cancellation);
        await server.AskAsync(Cancellation, "CONFIG", "SET", "maxmemory", "0");
        await RightAsync();
    }

    [Fact]
    public async Task Listeners_hear_the_books_again_after_a_restart()
    {
        await using var heard = await service.Events.SubscribeAsync("events:orderbook:binance:*", Cancellation);
        server.Kill();
        await server.StartAgainAsync(Cancellation);
        await Until.HoldsAsync(async () => (await server.AskAsync(Cancellation, "PUBSUB", "NUMPAT")).Number == 1, Cancellation);
        PutAll();
        var told = $"\"timestamp\":{second * 1_000},";
        await foreach (var message in heard.ReadAsync(Cancellation))
        {
            if (Encoding.UTF8.GetString(message.Payload.Span).Contains(told, StringComparison.Ordinal)) break;
        }

        heard.Interruptions.ShouldBe(1);
    }

    private void PutAll()
    {
        second++;
        var time = Timestamp.FromUnixSeconds(second);
        foreach (var symbol in Symbols) market.Put(new BookEntry("binance", symbol, time, BookState.Valid, second, [new(99, 1)], [new(101, 1)]));
    }

    /// <summary>Waits until every newest value in the server is the one that was put last.</summary>
    private Task RightAsync() => Until.HoldsAsync(
        async () =>
        {
            var commands = new CommandBuffer();
            foreach (var symbol in Symbols) commands.Command("GET", CacheKeys.Book("binance", symbol));
            await using var client = new RedisClient(server.Options, TimeProvider.System, new Random(2));
            var told = $"\"timestamp\":{second * 1_000},";
            return (await client.ExecuteAsync(commands, Cancellation)).All(r => r.Text.Contains(told, StringComparison.Ordinal));
        },
        Cancellation);

    private async Task<long> MissingAsync() => Instruments - (await server.AskAsync(Cancellation, ["EXISTS", .. Symbols.Select(s => CacheKeys.Book("binance", s))])).Number;
}
