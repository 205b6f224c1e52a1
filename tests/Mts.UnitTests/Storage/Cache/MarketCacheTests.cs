using System.Text;
using System.Text.Json;
using Mts.Core;
using Mts.Core.Books;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Storage.Cache;
using Mts.Storage.Cache.Live;
using Mts.UnitTests.Adapters;

namespace Mts.UnitTests.Storage.Cache;

public sealed class MarketCacheTests : IDisposable
{
    private static readonly Symbol Spot = new("BTC", "USDT");
    private static readonly Symbol Perpetual = new("BTC", "USDT", "USDT");
    private static readonly Timestamp Noon = Timestamp.Parse("2024-01-01T12:00:00Z");

    private readonly ManualTimeProvider clock = new();
    private readonly FailingCache cache;
    private readonly MemoryEvents events = new();
    private readonly LiveEncoder encoder;
    private readonly List<string> notes = [];
    private readonly MarketCache market;

    public MarketCacheTests()
    {
        cache = new FailingCache(clock);
        encoder = new LiveEncoder(clock);
        market = new MarketCache(cache, events, new MarketCacheOptions { Writer = "test", MaxKeys = 100, MaxWaiting = 50, BookDepth = 2 }, clock, notes.Add);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => encoder.Dispose();

    [Fact]
    public async Task A_book_stands_under_its_moment_and_as_the_newest_with_figures_worked_out_by_hand()
    {
        await using var heard = await events.SubscribeAsync("events:orderbook:binance:*", Cancellation);
        market.Put(Book(Noon));
        await WriteAsync();

        // mid (99 + 101) / 2 = 100, spread 2, which is 2 % of it; the third level lies below the depth.
        const string Json =
            """{"exchange":"binance","symbol":"BTC/USDT","timestamp":1704110400000,"state":"VALID","update_id":7,"best_bid":99,"best_ask":101,"spread_absolute":2,"spread_percentage":2,"mid_price":100,"bids":[[99,1.5],[98,2]],"asks":[[101,1]]}""";
        (await ReadAsync("orderbook:binance:BTC/USDT")).ShouldBe(Json);
        (await ReadAsync("orderbook:binance:BTC/USDT:1704110400000")).ShouldBe(Json);
        (await NextAsync(heard)).ShouldBe($"events:orderbook:binance:BTC/USDT {Json}");

        clock.Advance(TimeSpan.FromMinutes(61));
        (await ReadAsync("orderbook:binance:BTC/USDT")).ShouldBeNull();
    }

    [Theory]
    [InlineData(BookState.Invalid)]
    [InlineData(BookState.Stale)]
    [InlineData(BookState.Syncing)]
    public async Task A_book_that_is_not_valid_tells_no_price(BookState state)
    {
        market.Put(Book(Noon) with { State = state });
        await WriteAsync();

        using var json = JsonDocument.Parse((await ReadAsync("orderbook:binance:BTC/USDT"))!);
        json.RootElement.GetProperty("state").GetString().ShouldBe(state.ToString().ToUpperInvariant());
        foreach (var figure in new[] { "best_bid", "best_ask", "spread_absolute", "spread_percentage", "mid_price" }) json.RootElement.GetProperty(figure).ValueKind.ShouldBe(JsonValueKind.Null);
        json.RootElement.GetProperty("bids").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task One_book_of_an_instrument_is_kept_per_second_and_every_change_of_state_is_taken()
    {
        for (var i = 0; i < 30; i++) market.Put(Book(Noon + TimeSpan.FromMilliseconds(100 * i)));
        market.State.Throttled.ShouldBe(27);
        market.IsBookDue("binance", Spot, BookState.Valid, Noon + TimeSpan.FromMilliseconds(2_999)).ShouldBeFalse();
        market.IsBookDue("binance", Spot, BookState.Invalid, Noon + TimeSpan.FromMilliseconds(2_950)).ShouldBeTrue();
        market.IsBookDue("binance", Perpetual, BookState.Valid, Noon).ShouldBeTrue();
        market.IsBookDue("bybit", Spot, BookState.Valid, Noon).ShouldBeTrue();

        await WriteAsync();
        (await cache.Inner.CountAsync([.. Enumerable.Range(0, 30).Select(i => CacheKeys.At("orderbook:binance:BTC/USDT", Noon + TimeSpan.FromMilliseconds(100 * i)))], Cancellation)).ShouldBe(3);
    }

    [Fact]
    public async Task A_change_of_state_within_the_second_changes_the_newest_value_and_leaves_no_second_key()
    {
        await using var heard = await events.SubscribeAsync("events:orderbook:binance:*", Cancellation);
        BookState[] states = [BookState.Syncing, BookState.Valid, BookState.Invalid, BookState.Valid];
        for (var i = 0; i < states.Length; i++)
        {
            market.Put(Book(Noon + TimeSpan.FromMilliseconds(100 * i)) with { State = states[i] });
            await WriteAsync();
            (await NextAsync(heard)).ShouldContain($"\"state\":\"{states[i].ToString().ToUpperInvariant()}\"");
        }

        (await ReadAsync("orderbook:binance:BTC/USDT"))!.ShouldContain("\"timestamp\":1704110400300,\"state\":\"VALID\"");
        (await cache.Inner.CountAsync([.. Enumerable.Range(0, 4).Select(i => CacheKeys.At("orderbook:binance:BTC/USDT", Noon + TimeSpan.FromMilliseconds(100 * i)))], Cancellation)).ShouldBe(1);
    }

    [Fact]
    public void Asking_whether_a_book_is_due_allocates_nothing()
    {
        market.Put(Book(Noon));
        _ = market.IsBookDue("binance", Spot, BookState.Valid, Noon);
        Allocated.By(() =>
        {
            for (var i = 0; i < 1_000; i++) _ = market.IsBookDue("binance", Spot, BookState.Valid, Noon);
        }).ShouldBe(0);
    }

    [Fact]
    public async Task Funding_signals_sessions_and_alerts_have_their_own_keys_channels_and_lifetimes()
    {
        await using var heard = await events.SubscribeAsync("events:*", Cancellation);
        market.Put(new FundingEntry("bybit", Perpetual, Noon, 0.0001, 43_000.5, null, Noon + TimeSpan.FromHours(4), TimeSpan.FromHours(8)));
        market.Put(new Signal { Asset = "bitcoin", Instrument = 0, Direction = Direction.Short, Strategy = "Macd", Time = Noon, Price = 43_000, Reason = "crossed \"down\" at 5 %" });
        market.Put(new SessionEntry("bybit", "linear-1", Noon, "live", 3, ["tickers.BTCUSDT"], null));
        market.Put(new PriceAlert("high:price", "bybit BTC/USDT", Noon, 43_000m, "Above 42,000."));
        await WriteAsync();

        const string Funding =
            """{"exchange":"bybit","symbol":"BTC/USDT:USDT","timestamp":1704110400000,"funding_rate":0.0001,"mark_price":43000.5,"index_price":null,"funding_time":1704124800000,"interval_hours":8}""";
        const string Signal =
            """{"asset":"bitcoin","strategy":"Macd","timestamp":1704110400000,"direction":"SHORT","strength":1,"confidence":1,"position_size":1,"price":43000,"stop":null,"target":null,"horizon_days":null,"reason":"crossed \"down\" at 5 %"}""";
        (await ReadAsync("funding:bybit:BTC/USDT:USDT")).ShouldBe(Funding);
        (await ReadAsync("funding:bybit:BTC/USDT:USDT:1704110400000")).ShouldBe(Funding);
        (await ReadAsync("signal:Macd:bitcoin")).ShouldBe(Signal);
        (await ReadAsync("signal:Macd:bitcoin:1704110400000")).ShouldBe(Signal);
        (await ReadAsync("session:bybit:linear-1")).ShouldBe(
            """{"exchange":"bybit","connection":"linear-1","timestamp":1704110400000,"state":"live","epoch":3,"subscriptions":["tickers.BTCUSDT"],"last_message":null}""");
        (await NextAsync(heard)).ShouldBe($"events:funding:bybit:BTC/USDT:USDT {Funding}");
        (await NextAsync(heard)).ShouldBe($"events:signal:Macd:bitcoin {Signal}");
        (await NextAsync(heard)).ShouldBe(
            """events:alert:high_price {"rule":"high:price","subject":"bybit BTC/USDT","timestamp":1704110400000,"price":43000,"message":"Above 42,000."}""");

        clock.Advance(TimeSpan.FromMinutes(61));
        (await ReadAsync("session:bybit:linear-1")).ShouldBeNull();
        clock.Advance(TimeSpan.FromHours(22));
        (await ReadAsync("signal:Macd:bitcoin")).ShouldBe(Signal);
        clock.Advance(TimeSpan.FromHours(1));
        (await ReadAsync("signal:Macd:bitcoin")).ShouldBeNull();
        (await ReadAsync("funding:bybit:BTC/USDT:USDT")).ShouldBeNull();
    }

    [Fact]
    public async Task While_the_cache_is_away_the_newest_of_each_key_waits_and_the_rest_is_bounded_and_counted()
    {
        cache.IsAway = true;
        for (var i = 0; i < 1_000; i++) market.Put(Book(Noon + TimeSpan.FromSeconds(i), $"V{i % 10}"));
        (await market.WriteAsync(encoder, Cancellation)).ShouldBeFalse();

        // 1,000 books of 10 keys: 990 newest ones were replaced, and of 1,000 moments 50 may wait.
        var away = market.State;
        (away.IsHealthy, away.Accepted, away.Conflated, away.Dropped, away.Waiting).ShouldBe((false, 1_000, 990, 950, 60));
        away.LastFailure.ShouldBe("test: away");
        notes.ShouldBe(["The cache is away, the newest values wait for it: test: away"]);

        cache.IsAway = false;
        await WriteAsync();
        market.State.Waiting.ShouldBe(0);
        market.State.IsHealthy.ShouldBeTrue();
        notes.Count.ShouldBe(2);
        for (var i = 0; i < 10; i++) (await ReadAsync($"orderbook:V{i}:BTC/USDT"))!.ShouldContain($"\"timestamp\":{(Noon + TimeSpan.FromSeconds(990 + i)).UnixMilliseconds},");
        (await ReadAsync(CacheKeys.At("orderbook:V0:BTC/USDT", Noon + TimeSpan.FromSeconds(950)))).ShouldNotBeNull();
        (await ReadAsync(CacheKeys.At("orderbook:V0:BTC/USDT", Noon + TimeSpan.FromSeconds(940)))).ShouldBeNull();
    }

    [Fact]
    public async Task Keys_beyond_the_bound_are_dropped_and_the_others_go_on()
    {
        cache.IsAway = true;
        for (var i = 0; i < 150; i++) market.Put(new SessionEntry("binance", $"c{i}", Noon, "live", 1, [], null));
        await market.WriteAsync(encoder, Cancellation);
        market.State.Dropped.ShouldBe(50);
        market.Put(new SessionEntry("binance", "c0", Noon, "closed", 1, [], null));
        cache.IsAway = false;
        await WriteAsync();

        (await ReadAsync("session:binance:c0"))!.ShouldContain("closed");
        (await ReadAsync("session:binance:c100")).ShouldBeNull();
    }

    [Fact]
    public async Task What_the_cache_has_lost_is_written_again_with_what_is_left_of_its_lifetime()
    {
        market.Put(Book(Noon));
        market.Put(Book(Noon, "bybit"));
        await WriteAsync();
        clock.Advance(TimeSpan.FromMinutes(50));
        cache.Flush();
        await WriteAsync();
        (await ReadAsync("orderbook:binance:BTC/USDT")).ShouldNotBeNull();
        market.State.Repaired.ShouldBe(2);

        await cache.Inner.DeleteAsync("orderbook:bybit:BTC/USDT", Cancellation);
        clock.Advance(TimeSpan.FromSeconds(1));
        await WriteAsync();
        (await ReadAsync("orderbook:bybit:BTC/USDT")).ShouldNotBeNull();

        clock.Advance(TimeSpan.FromMinutes(10));
        await WriteAsync();
        (await ReadAsync("orderbook:binance:BTC/USDT")).ShouldBeNull();
        market.State.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task A_cache_that_came_back_with_older_values_gets_the_newest_again()
    {
        market.Put(Book(Noon));
        await WriteAsync();
        var before = await cache.CopyAsync("orderbook:binance:BTC/USDT", "writer:test");
        clock.Advance(TimeSpan.FromSeconds(1));
        market.Put(Book(Noon + TimeSpan.FromSeconds(1)));
        await WriteAsync();

        await cache.Inner.SetAsync(before, Cancellation);
        clock.Advance(TimeSpan.FromSeconds(1));
        await WriteAsync();
        (await ReadAsync("orderbook:binance:BTC/USDT"))!.ShouldContain("1704110401000");
    }

    [Fact]
    public async Task What_an_earlier_exchange_leaves_behind_after_a_failure_is_put_right()
    {
        market.Put(Book(Noon));
        await WriteAsync();
        var late = await cache.CopyAsync("orderbook:binance:BTC/USDT");
        cache.IsAway = true;
        market.Put(Book(Noon + TimeSpan.FromSeconds(1)));
        await market.WriteAsync(encoder, Cancellation);
        cache.IsAway = false;
        await WriteAsync();

        // A server that hung carries out what it was sent before, after what it was sent later.
        await cache.Inner.SetAsync(late, Cancellation);
        clock.Advance(TimeSpan.FromSeconds(1));
        await WriteAsync();
        (await ReadAsync("orderbook:binance:BTC/USDT"))!.ShouldContain("1704110401000");
    }

    [Fact]
    public async Task It_writes_by_itself_and_at_the_end_once_more()
    {
        using var stop = new CancellationTokenSource();
        var running = market.RunAsync(stop.Token);
        market.Put(Book(Noon));
        while (await ReadAsync("orderbook:binance:BTC/USDT") is null)
        {
            clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }

        market.Put(new SessionEntry("binance", "spot-1", Noon, "closed", 1, [], null));
        await stop.CancelAsync();
        await running;
        (await ReadAsync("session:binance:spot-1")).ShouldNotBeNull();
    }

    private static BookEntry Book(Timestamp time, string venue = "binance") =>
        new(venue, Spot, time, BookState.Valid, 7, [new(99m, 1.50m), new(98m, 2m), new(97m, 3m)], [new(101m, 1m)]);

    private static async Task<string> NextAsync(ISubscription subscription)
    {
        await foreach (var message in subscription.ReadAsync(Cancellation)) return $"{message.Channel} {Encoding.UTF8.GetString(message.Payload.Span)}";
        throw new InvalidOperationException("The subscription has ended.");
    }

    private async Task WriteAsync() => (await market.WriteAsync(encoder, Cancellation)).ShouldBeTrue();

    private async Task<string?> ReadAsync(string key) => await cache.Inner.GetAsync(key, Cancellation) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>A cache that can be away, and that can forget.</summary>
    private sealed class FailingCache(TimeProvider clock) : ICache
    {
        public bool IsAway { get; set; }

        public MemoryCache Inner { get; private set; } = new(clock);

        public void Flush() => Inner = new MemoryCache(clock);

        public async Task<IReadOnlyList<CacheEntry>> CopyAsync(params string[] keys)
        {
            var copies = new List<CacheEntry>();
            foreach (var key in keys) copies.Add(new(key, await Inner.GetAsync(key, Cancellation) ?? throw new InvalidOperationException(key), TimeSpan.FromHours(1)));
            return copies;
        }

        public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => There().GetAsync(key, cancellationToken);

        public ValueTask SetAsync(IReadOnlyList<CacheEntry> entries, CancellationToken cancellationToken) => There().SetAsync(entries, cancellationToken);

        public ValueTask<int> CountAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) => There().CountAsync(keys, cancellationToken);

        public ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken) => There().DeleteAsync(key, cancellationToken);

        private MemoryCache There() => IsAway ? throw new ApiConnectionException("test", "away") : Inner;
    }
}
