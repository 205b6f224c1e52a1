using Mts.Core.Ports;

namespace Mts.Storage.Cache;

/// <summary>Values within this process. When it is full, what would expire first goes first.</summary>
/// <param name="clock">Tells when a lifetime is over.</param>
/// <param name="maxEntries">Most values held.</param>
/// <param name="maxBytes">Most bytes of keys and values held, give or take what the tables around them need.</param>
internal sealed class MemoryCache(TimeProvider clock, int maxEntries = 50_000, long maxBytes = 32L << 20) : ICache
{
    private readonly Lock sync = new();
    private readonly Dictionary<string, Held> held = new(StringComparer.Ordinal);

    // An entry that was replaced stays in the order until its turn comes; its number tells it from the newer one.
    private PriorityQueue<(string Key, long Number), long> order = new();
    private long bytes;
    private long numbers;

    internal int Entries
    {
        get
        {
            lock (sync) return held.Count;
        }
    }

    internal long Bytes
    {
        get
        {
            lock (sync) return bytes;
        }
    }

    /// <summary>Places in the order of expiry, replaced ones included.</summary>
    internal int Order
    {
        get
        {
            lock (sync) return order.Count;
        }
    }

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (sync) return ValueTask.FromResult(Find(key)?.Value.AsSpan().ToArray());
    }

    public ValueTask SetAsync(IReadOnlyList<CacheEntry> entries, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var entry in entries) CacheRules.Check(entry);
        lock (sync)
        {
            foreach (var entry in entries) Put(entry);
            Shrink();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<int> CountAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (sync) return ValueTask.FromResult(keys.Count(k => Find(k) is not null));
    }

    public ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (sync) return ValueTask.FromResult(Find(key) is not null && Remove(key));
    }

    private long Now => clock.GetUtcNow().UtcTicks;

    private static long SizeOf(string key, byte[] value) => key.Length + value.Length + 160;

    private Held? Find(string key)
    {
        if (!held.TryGetValue(key, out var found)) return null;
        if (found.Expires > Now) return found;
        Remove(key);
        return null;
    }

    private void Put(in CacheEntry entry)
    {
        Remove(entry.Key);
        var value = entry.Value.ToArray();
        var expires = Now + entry.Lifetime.Ticks;
        held[entry.Key] = new Held(value, expires, ++numbers);
        bytes += SizeOf(entry.Key, value);
        order.Enqueue((entry.Key, numbers), expires);
    }

    private bool Remove(string key)
    {
        if (!held.Remove(key, out var gone)) return false;
        bytes -= SizeOf(key, gone.Value);
        return true;
    }

    private void Shrink()
    {
        var now = Now;
        while (order.TryPeek(out var next, out var expires) && (expires <= now || held.Count > maxEntries || bytes > maxBytes))
        {
            order.Dequeue();
            if (held.TryGetValue(next.Key, out var found) && found.Number == next.Number) Remove(next.Key);
        }

        if (order.Count > (2 * held.Count) + 1_024) order = new(held.Select(h => ((h.Key, h.Value.Number), h.Value.Expires)));
    }

    private readonly record struct Held(byte[] Value, long Expires, long Number);
}
