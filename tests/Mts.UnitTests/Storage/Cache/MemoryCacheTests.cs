using Mts.Core.Ports;
using Mts.Storage.Cache;
using Mts.UnitTests.Adapters;

namespace Mts.UnitTests.Storage.Cache;

public sealed class MemoryCacheTests : CacheContract
{
    private readonly ManualTimeProvider clock = new();
    private readonly MemoryCache cache;

    public MemoryCacheTests() => cache = new MemoryCache(clock, maxEntries: 5_000, maxBytes: 2_000_000);

    protected override ICache Cache => cache;

    [Fact]
    public async Task When_full_what_would_expire_first_goes_first()
    {
        await SetAsync("signal", "kept", TimeSpan.FromHours(24));
        for (var i = 0; i < 6_000; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await SetAsync($"book:{i}", "x", TimeSpan.FromHours(1));
        }

        cache.Entries.ShouldBe(5_000);
        (await ReadAsync("signal")).ShouldBe("kept");
        (await ReadAsync("book:1000")).ShouldBeNull();
        (await ReadAsync("book:1001")).ShouldBe("x");
    }

    [Fact]
    public async Task Its_bytes_are_bounded_as_well()
    {
        for (var i = 0; i < 100; i++) await Cache.SetAsync([new($"{i}", new byte[100_000], TimeSpan.FromHours(1))], Cancellation);

        cache.Bytes.ShouldBeLessThanOrEqualTo(2_000_000);
        cache.Entries.ShouldBe(19);
    }

    [Fact]
    public async Task A_key_written_over_and_over_takes_one_place()
    {
        for (var i = 0; i < 100_000; i++) await SetAsync("key", "value", TimeSpan.FromHours(1));

        cache.Entries.ShouldBe(1);
        cache.Order.ShouldBeLessThan(2_000);
    }

    protected override Task PassAsync(TimeSpan span)
    {
        clock.Advance(span);
        return Task.CompletedTask;
    }
}
