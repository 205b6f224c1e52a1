using System.ComponentModel.DataAnnotations;

namespace Mts.Pipeline.Realtime;

/// <summary>How patient a feed is, and how often it asks.</summary>
public sealed record FeedOptions
{
    /// <summary>A book's stream that is silent for longer, and for longer than four times its median gap, is stale.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>A stream that has brought nothing so long after it was subscribed is subscribed anew.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan FirstFrame { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Mean of the first wait before a new connection; doubled by each failure.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait before a new connection.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>So long must a connection bring data before its failures are forgotten.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan GoodAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection is replaced so long before the venue would end it.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "12:00:00")]
    public TimeSpan RolloverMargin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The old connection is let go at the latest so long after its successor stands.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Handover { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Levels a side of the first snapshot of a book; small, so that many books are soon there.</summary>
    [Range(5, 5_000)]
    public int FirstLevels { get; init; } = 100;

    /// <summary>Levels a side that a book is deepened to once it stands.</summary>
    [Range(5, 5_000)]
    public int Levels { get; init; } = 1000;

    /// <summary>First wait before another snapshot of the same book; doubled by each one until the book is good.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan SnapshotSpacing { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest wait before another snapshot of the same book.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan MaxSnapshotSpacing { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Fetches under way at once.</summary>
    [Range(1, 64)]
    public int Fetches { get; init; } = 8;

    /// <summary>Books are deepened and audited one after the other with so much between them, so that most requests are left to books that begin anew.</summary>
    public TimeSpan DeepEvery { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Each book is held against a fetched one so often; zero for never.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan AuditEvery { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The venue is asked for its time so often, and at once where our clock was set or has jumped; zero for never.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ProbeEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Most streams on one connection, where the venue allows more.</summary>
    [Range(1, 1_024)]
    public int StreamsPerConnection { get; init; } = 200;

    /// <summary>Part of the venue's connection attempts that this feed may use.</summary>
    [Range(0.01, 1.0)]
    public double AttemptShare { get; init; } = 0.4;

    /// <summary>Trades that came while no session followed their stream are fetched back where there are no more of them; 0 for none.</summary>
    [Range(0, 1_000_000)]
    public int RefetchedTrades { get; init; } = 5_000;

    /// <summary>Bytes kept of a dead letter.</summary>
    [Range(64, 1_048_576)]
    public int DeadLetterBytes { get; init; } = 4096;
}
