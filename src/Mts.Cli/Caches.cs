using Mts.Storage.Cache;
using Mts.Storage.Cache.Live;

namespace Mts.Cli;

/// <summary>Opens the cache that the settings name.</summary>
internal static class Caches
{
    /// <summary>Connects to nothing before the first use.</summary>
    public static CacheService OpenCache(this Session session) => session.Settings.Cache.Kind == "redis"
        ? CacheService.OverRedis(session.Settings.Cache.Redis(), session.Clock, Environment.ProcessId)
        : CacheService.InMemory(session.Clock);

    /// <summary>What the live pipeline writes through; its task must be run.</summary>
    /// <param name="session">The run.</param>
    /// <param name="cache">Where it goes; outlives the task.</param>
    /// <param name="note">Told when the cache is lost and when it is back.</param>
    public static MarketCache OpenMarketCache(this Session session, CacheService cache, Action<string> note) =>
        new(cache.Cache, cache.Events, session.Settings.Cache.Market($"{Environment.MachineName}:{Environment.ProcessId}"), session.Clock, note);
}
