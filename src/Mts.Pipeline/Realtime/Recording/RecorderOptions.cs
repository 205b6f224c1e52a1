using System.ComponentModel.DataAnnotations;
using Mts.Core.Ports;

namespace Mts.Pipeline.Realtime.Recording;

/// <summary>How much of what the feeds bring is kept, and how often it is written.</summary>
public sealed record RecorderOptions
{
    /// <summary>At most one book and one spread per market in this time, 100 milliseconds to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan Cadence { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Levels a side of a stored book, 1 to 1000.</summary>
    [Range(1, 1_000)]
    public int Levels { get; init; } = 20;

    /// <summary>A funding quote that has not changed is stored again after this time, 1 second to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FundingEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What has gathered is written in one transaction so often, 10 milliseconds to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan BatchEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Gaps, dead letters and bars that may wait to be written; beyond that a feed waits for <see cref="LedgerWait"/>, 16 to 1,000,000.</summary>
    [Range(16, 1_000_000)]
    public int LedgerQueue { get; init; } = 8_192;

    /// <summary>Longest wait of a feed for each of them, 0 to 10 seconds; then it is taken all the same.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan LedgerWait { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest wait before a failed write is tried again, 1 second to 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RetryEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How much of each kind is kept; a kind without a rule is kept for ever.</summary>
    public IReadOnlyDictionary<RealtimeKind, RetentionRule> Retention { get; init; } = new Dictionary<RealtimeKind, RetentionRule>();
}
