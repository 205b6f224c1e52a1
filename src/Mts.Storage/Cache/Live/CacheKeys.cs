using Mts.Core.Market;

namespace Mts.Storage.Cache.Live;

/// <summary>
/// Keys and channels as <c>docs/cache.md</c> lists them. <c>{symbol}</c> is the product's own spelling (<c>BTC/USDT</c>, <c>BTC/USDT:USDT</c>): it tells spot from perpetual,
/// and its colon is never the last one of a key with a time. Times are Unix milliseconds. In names from outside a colon becomes <c>_</c>.
/// </summary>
public static class CacheKeys
{
    public static string Book(string venue, Symbol symbol) => $"orderbook:{Part(venue)}:{symbol}";

    public static string Funding(string venue, Symbol symbol) => $"funding:{Part(venue)}:{symbol}";

    public static string Signal(string strategy, string asset) => $"signal:{Part(strategy)}:{Part(asset)}";

    public static string Session(string venue, string connection) => $"session:{Part(venue)}:{Part(connection)}";

    /// <summary>The key under which the value of one moment stays.</summary>
    public static string At(string newest, Timestamp time) => $"{newest}:{time.UnixMilliseconds}";

    /// <summary>Where every new value of a key is told, too.</summary>
    public static string Channel(string newest) => $"events:{newest}";

    public static string AlertChannel(string rule) => $"events:alert:{Part(rule)}";

    // What was last written by one writer, by which it sees that the server has lost or turned back what it wrote.
    internal static string Mark(string writer) => $"writer:{Part(writer)}";

    private static string Part(string name) => name.Replace(':', '_');
}
