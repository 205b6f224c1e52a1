using System.Text;
using Mts.Core.Ports;

namespace Mts.UnitTests.Storage.Cache;

/// <summary>What every cache must do.</summary>
public abstract class CacheContract
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>An empty cache.</summary>
    protected abstract ICache Cache { get; }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Lets time pass as the cache sees it.</summary>
    protected abstract Task PassAsync(TimeSpan span);

    [Fact]
    public async Task A_value_comes_back_as_it_was_set()
    {
        byte[] every = [.. Enumerable.Range(0, 256).Select(b => (byte)b), (byte)'\r', (byte)'\n'];
        await Cache.SetAsync([new("orderbook:binance:BTC/USDT", every, Hour), new("empty", Array.Empty<byte>(), Hour), new("größe é \n", "€"u8.ToArray(), Hour)], Cancellation);

        (await Cache.GetAsync("orderbook:binance:BTC/USDT", Cancellation)).ShouldBe(every);
        (await Cache.GetAsync("empty", Cancellation)).ShouldBe([]);
        (await ReadAsync("größe é \n")).ShouldBe("€");
        (await Cache.GetAsync("nothing", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task A_later_value_replaces_an_earlier_one_and_its_lifetime()
    {
        await SetAsync("key", "old", TimeSpan.FromMilliseconds(200));
        await SetAsync("key", "new", Hour);
        await PassAsync(TimeSpan.FromMilliseconds(300));

        (await ReadAsync("key")).ShouldBe("new");
        await Cache.SetAsync([Entry("key", "first", Hour), Entry("key", "second", Hour)], Cancellation);
        (await ReadAsync("key")).ShouldBe("second");
    }

    [Fact]
    public async Task A_value_is_gone_when_its_lifetime_is_over()
    {
        await Cache.SetAsync([Entry("short", "1", TimeSpan.FromMilliseconds(200)), Entry("long", "2", Hour)], Cancellation);
        (await Cache.CountAsync(["short", "long"], Cancellation)).ShouldBe(2);
        await PassAsync(TimeSpan.FromMilliseconds(400));

        (await ReadAsync("short")).ShouldBeNull();
        (await ReadAsync("long")).ShouldBe("2");
        (await Cache.CountAsync(["short", "long"], Cancellation)).ShouldBe(1);
    }

    [Fact]
    public async Task A_deleted_value_is_gone()
    {
        await SetAsync("key", "value", Hour);

        (await Cache.DeleteAsync("key", Cancellation)).ShouldBeTrue();
        (await Cache.DeleteAsync("key", Cancellation)).ShouldBeFalse();
        (await ReadAsync("key")).ShouldBeNull();
    }

    [Fact]
    public async Task Many_values_are_set_in_one_call()
    {
        var entries = Enumerable.Range(0, 5_000).Select(i => Entry($"key:{i}", $"value {i}", Hour)).ToArray();
        await Cache.SetAsync(entries, Cancellation);

        (await Cache.CountAsync([.. entries.Select(e => e.Key), "none"], Cancellation)).ShouldBe(5_000);
        (await ReadAsync("key:4999")).ShouldBe("value 4999");
        await Cache.SetAsync([], Cancellation);
        (await Cache.CountAsync([], Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task The_caller_may_use_his_buffer_again()
    {
        var buffer = "before"u8.ToArray();
        await Cache.SetAsync([new("key", buffer, Hour)], Cancellation);
        "after!"u8.CopyTo(buffer);

        (await ReadAsync("key")).ShouldBe("before");
    }

    [Fact]
    public async Task An_entry_without_key_or_lifetime_is_a_bug()
    {
        await Should.ThrowAsync<ArgumentException>(async () => await SetAsync("", "value", Hour));
        await Should.ThrowAsync<ArgumentException>(async () => await Cache.SetAsync([Entry("good", "1", Hour), Entry("bad", "2", TimeSpan.Zero)], Cancellation));
        (await ReadAsync("good")).ShouldBeNull();
    }

    protected ValueTask SetAsync(string key, string value, TimeSpan lifetime) => Cache.SetAsync([Entry(key, value, lifetime)], Cancellation);

    protected async Task<string?> ReadAsync(string key) => await Cache.GetAsync(key, Cancellation) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private static CacheEntry Entry(string key, string value, TimeSpan lifetime) => new(key, Encoding.UTF8.GetBytes(value), lifetime);
}
