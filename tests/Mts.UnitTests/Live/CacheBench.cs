using System.Text;
using Mts.Storage.Cache;
using Mts.Storage.Cache.Live;
using Mts.UnitTests.Adapters;

namespace Mts.UnitTests.Live;

/// <summary>A cache in memory on a clock that stands, and what stands in it when all is written.</summary>
internal sealed class CacheBench : IDisposable
{
    private readonly MemoryCache cache;
    private readonly LiveEncoder encoder;

    public CacheBench()
    {
        cache = new MemoryCache(Clock);
        encoder = new LiveEncoder(Clock);
        Market = new MarketCache(cache, new MemoryEvents(), new MarketCacheOptions { Writer = "test" }, Clock);
    }

    public ManualTimeProvider Clock { get; } = new();

    public MarketCache Market { get; }

    /// <returns>Empty where nothing stands there.</returns>
    public async Task<string> WrittenAsync(string key)
    {
        (await Market.WriteAsync(encoder, TestContext.Current.CancellationToken)).ShouldBeTrue();
        return Encoding.UTF8.GetString((await cache.GetAsync(key, TestContext.Current.CancellationToken)) ?? []);
    }

    public void Dispose() => encoder.Dispose();
}
