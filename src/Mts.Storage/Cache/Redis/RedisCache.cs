using Mts.Core.Ports;

namespace Mts.Storage.Cache.Redis;

/// <summary>Values in a server.</summary>
internal sealed class RedisCache(RedisClient client) : ICache
{
    // One request of many: large enough to pay, small enough that a hung server holds little that is old.
    private const int Bytes = 256 << 10;
    private const int Keys = 512;

    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) =>
        (await client.ExecuteAsync(new CommandBuffer().Command("GET", key), cancellationToken))[0].Bytes;

    public async ValueTask SetAsync(IReadOnlyList<CacheEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var entry in entries) CacheRules.Check(entry);
        await RedisBatch.SendAsync(client, entries, Bytes, Write, cancellationToken);
    }

    public async ValueTask<int> CountAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0) return 0;
        var command = new CommandBuffer();
        foreach (var chunk in keys.Chunk(Keys))
        {
            command.Begin(chunk.Length + 1).Add("EXISTS"u8);
            foreach (var key in chunk) command.Add(key);
        }

        return (int)(await client.ExecuteAsync(command, cancellationToken)).Sum(r => r.Number);
    }

    public async ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken) =>
        (await client.ExecuteAsync(new CommandBuffer().Command("DEL", key), cancellationToken))[0].Number == 1;

    private static void Write(CommandBuffer commands, CacheEntry entry) =>
        commands.Begin(5).Add("SET"u8).Add(entry.Key).Add(entry.Value.Span).Add("PX"u8).Add((long)entry.Lifetime.TotalMilliseconds);
}
