using System.ComponentModel.DataAnnotations;

namespace Mts.Adapters.Http;

/// <summary>How every REST service is called; the section <c>http</c> of the settings.</summary>
public sealed record HttpOptions
{
    /// <summary>Longest time for one call with all its retries and waits, 1 second to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest time for one try from the request to the last byte, 100 milliseconds to 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time to open a connection, 100 milliseconds to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Tries after the first one, 0 to 10.</summary>
    [Range(0, 10)]
    public int Retries { get; init; } = 3;

    /// <summary>Wait before the first retry, doubled for each further one, 1 millisecond to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait before a retry that the service did not ask for, 1 millisecond to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Failures in a row after which a host is left alone, 1 to 100.</summary>
    [Range(1, 100)]
    public int BreakerFailures { get; init; } = 5;

    /// <summary>How long it is left alone before one request may try again, 1 second to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Open connections per host, 1 to 64.</summary>
    [Range(1, 64)]
    public int MaxConnections { get; init; } = 8;

    /// <summary>A connection is replaced after this time, so that a moved host is found again, 10 seconds to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan ConnectionLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Largest answer after decompression, in bytes, 1 KiB to 1 GiB.</summary>
    [Range(1_024, 1_073_741_824)]
    public int MaxBodyBytes { get; init; } = 64 * 1_024 * 1_024;

    /// <summary>Where the ends of bans are kept over a restart; null keeps none.</summary>
    public string? BanFolder { get; init; }

    /// <summary>Own budgets instead of the built-in ones, by source (<c>coingecko</c>, <c>fred</c>, <c>binance</c>, <c>binance-usdm</c>, <c>bybit</c>).</summary>
    public IReadOnlyDictionary<string, RateBudget> Budgets { get; init; } = new Dictionary<string, RateBudget>(StringComparer.Ordinal);

    /// <summary>All settings out of range, each by its name in the settings file; empty when all is well.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. OptionProblems.Of("http", this),
        .. Budgets.SelectMany(b => OptionProblems.Of($"http.budgets.{b.Key}", b.Value)),
    ];

    internal RateBudget BudgetOf(string source, RateBudget builtIn) => Budgets.TryGetValue(source, out var own) ? own : builtIn;
}

/// <summary>What may be spent at a host within any span of a given length.</summary>
public sealed record RateBudget
{
    /// <summary>Weight (or requests, where the service does not weigh them) per window, 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int Weight { get; init; } = 60;

    /// <summary>Length of the window, 1 second to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);
}
