using Mts.Core.Ports;
using Mts.Storage.Cache.Redis;

namespace Mts.Storage.Cache;

/// <summary>Values and events of one kind, and what they share.</summary>
public sealed class CacheService : IAsyncDisposable
{
    private readonly RedisClient? client;
    private readonly RedisListener? listener;

    private CacheService(ICache cache, IEvents events, RedisClient? client = null, RedisListener? listener = null) =>
        (Cache, Events, this.client, this.listener) = (cache, events, client, listener);

    public ICache Cache { get; }

    public IEvents Events { get; }

    /// <summary>Within this process: bounded, gone with it.</summary>
    public static CacheService InMemory(TimeProvider clock) => new(new MemoryCache(clock), new MemoryEvents());

    /// <summary>In a server; nothing is connected before the first use.</summary>
    /// <param name="options">How to reach it.</param>
    /// <param name="clock">For timeouts and waits.</param>
    /// <param name="seed">Of the jitter; processes that share a server want different ones.</param>
    public static CacheService OverRedis(RedisOptions options, TimeProvider clock, int seed)
    {
        var commands = new RedisClient(options, clock, new Random(seed));
        var events = new RedisListener(options, clock, new Random(seed ^ 1));
        return new(new RedisCache(commands), new RedisEvents(commands, events), commands, events);
    }

    /// <summary>Asks the server who it is.</summary>
    /// <returns>In words; of the kind within this process, just that.</returns>
    /// <exception cref="Core.ApiException">It cannot be reached or refuses.</exception>
    public async Task<string> DescribeAsync(CancellationToken cancellationToken)
    {
        if (client is null) return "in this process";
        await client.ConnectAsync(cancellationToken);
        var info = (await client.ExecuteAsync(new CommandBuffer().Command("INFO", "server").Command("INFO", "memory"), cancellationToken)).Select(r => r.Text).ToList();
        return $"{client.Server} answers; Redis {Field(info[0], "redis_version")}, {Field(info[1], "used_memory_human")} used, at most {Limit(Field(info[1], "maxmemory_human"))}";
    }

    public async ValueTask DisposeAsync()
    {
        if (listener is not null) await listener.DisposeAsync();
        if (client is not null) await client.DisposeAsync();
    }

    private static string Limit(string most) => most == "0B" ? "what the machine has" : most;

    private static string Field(string info, string name) =>
        info.Split("\r\n").FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.Ordinal))?[(name.Length + 1)..] ?? "?";
}
