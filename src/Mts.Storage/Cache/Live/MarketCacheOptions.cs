using System.ComponentModel.DataAnnotations;

namespace Mts.Storage.Cache.Live;

/// <summary>What is written of the live market, and how much waits while the cache is away.</summary>
public sealed record MarketCacheOptions
{
    /// <summary>Names this writer among all that share the server; two that bear one name at the same time write everything again and again.</summary>
    public required string Writer { get; init; }

    /// <summary>At most one book of an instrument is kept in this time, 0 to 1 hour; a change of state always is.</summary>
    public TimeSpan BookInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>At most one quote of funding of a perpetual is kept under the key of its moment in this time; the newest is always written.</summary>
    public TimeSpan FundingInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Levels a side of a kept book.</summary>
    [Range(1, 1_000)]
    public int BookDepth { get; init; } = 20;

    public TimeSpan BookLifetime { get; init; } = TimeSpan.FromHours(1);

    public TimeSpan FundingLifetime { get; init; } = TimeSpan.FromHours(24);

    public TimeSpan SignalLifetime { get; init; } = TimeSpan.FromHours(24);

    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Keys whose newest value is held here to be written again; a new key beyond it is dropped and counted.</summary>
    public int MaxKeys { get; init; } = 10_000;

    /// <summary>Values of single moments that wait, and likewise events; beyond it the oldest goes.</summary>
    public int MaxWaiting { get; init; } = 4_096;

    /// <summary>How often it is looked whether what was written is still there.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromMilliseconds(500);
}
