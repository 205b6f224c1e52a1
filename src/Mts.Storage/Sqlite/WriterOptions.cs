using Mts.Core.Market;

namespace Mts.Storage.Sqlite;

/// <summary>What a writer wants to know beside its folder.</summary>
public sealed record WriterOptions
{
    /// <summary>Chooses what <c>crypto_ohlcv</c> shows; null leaves the choice as it is stored.</summary>
    public AssetCatalog? Assets { get; init; }

    /// <summary>Venues in order of preference, as in the settings.</summary>
    public IReadOnlyList<string> Venues { get; init; } = ["binance", "bybit", "coingecko"];

    /// <summary>What the process is doing, told to a second writer: <c>mts collect</c>. Without secrets.</summary>
    public string Purpose { get; init; } = "mts";
}
