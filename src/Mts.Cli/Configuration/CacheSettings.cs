using System.ComponentModel.DataAnnotations;
using Mts.Storage.Cache.Live;
using Mts.Storage.Cache.Redis;

namespace Mts.Cli.Configuration;

/// <summary>The section <c>cache</c>: where live values and events go.</summary>
internal sealed record CacheSettings
{
    /// <summary>Within this process, or in a Redis server that others can read.</summary>
    [AllowedValues("memory", "redis")]
    public string Kind { get; init; } = "memory";

    /// <summary><c>redis://user@host:port/database</c>, <c>rediss://…</c> for TLS.</summary>
    public string Url { get; init; } = "redis://localhost:6379/0";

    /// <summary>Goes before a password in the address; best given as <c>MTS__Cache__Password</c>.</summary>
    public string? Password { get; init; }

    /// <summary>PEM file of an authority that is believed besides the system's; empty for none.</summary>
    public string CaFile { get; init; } = "";

    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(1);

    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>At most one book of an instrument is kept in this time.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan BookInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Levels a side of a kept book.</summary>
    [Range(1, 1_000)]
    public int BookDepth { get; init; } = 20;

    /// <exception cref="ConfigurationException">The address is none.</exception>
    public RedisOptions Redis() => new()
    {
        Address = RedisAddress.Parse(Url),
        Password = Password is { Length: > 0 } ? Password : null,
        CaFile = CaFile is { Length: > 0 } ? CaFile : null,
        ConnectTimeout = ConnectTimeout,
        CommandTimeout = CommandTimeout,
    };

    /// <param name="writer">Names the process among all that share the server.</param>
    public MarketCacheOptions Market(string writer) => new() { Writer = writer, BookInterval = BookInterval, BookDepth = BookDepth };

    public IEnumerable<string> Problems()
    {
        if (Problem(() => RedisAddress.Parse(Url)) is { } address) yield return $"cache.url: {address}.";
        if (Kind == "redis" && CaFile.Length > 0 && Problem(() => RedisStream.ReadAuthorities(CaFile)) is { } file) yield return $"cache.caFile: {file}";
    }

    private static string? Problem(Func<object> read)
    {
        try
        {
            _ = read();
            return null;
        }
        catch (ConfigurationException wrong)
        {
            return wrong.Message;
        }
    }
}
