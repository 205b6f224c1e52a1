namespace Mts.Core.Ports;

/// <summary>
/// Short-lived values by key, shared with other processes where the cache is a server. Whoever reads treats a missing key as a miss: nothing
/// durable depends on it. A cache that cannot be reached throws <see cref="ApiException"/> and its kin within its command timeout.
/// </summary>
public interface ICache
{
    /// <returns>UTF-8 bytes; null where the key is missing or its lifetime is over.</returns>
    ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>Sets all of them in one exchange, in their order, replacing values and lifetimes; not a transaction.</summary>
    /// <exception cref="ApiException">At least one was not set; which ones is not known, and setting all again is right.</exception>
    ValueTask SetAsync(IReadOnlyList<CacheEntry> entries, CancellationToken cancellationToken);

    /// <returns>How many of <paramref name="keys"/> have a value.</returns>
    ValueTask<int> CountAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <returns>Whether the key had a value.</returns>
    ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken);
}

/// <param name="Key">Parts joined by <c>:</c>, as <c>funding:binance:BTC/USDT:USDT</c>.</param>
/// <param name="Value">UTF-8 bytes.</param>
/// <param name="Lifetime">Longer than zero; counted in milliseconds.</param>
public readonly record struct CacheEntry(string Key, ReadOnlyMemory<byte> Value, TimeSpan Lifetime);
