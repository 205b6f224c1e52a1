using System.ComponentModel.DataAnnotations;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;
using Mts.Pipeline.Realtime.Recording;
using Mts.Storage.Files.Journal;

namespace Mts.Cli.Configuration;

/// <summary>What is followed live, how patiently, and what is kept of it.</summary>
internal sealed record RealtimeSettings
{
    public static readonly IReadOnlyList<string> KnownVenues = ["binance", "bybit"];

    public static readonly IReadOnlyList<string> KnownMarkets = ["spot", "perp"];

    public static readonly IReadOnlyList<string> KnownChannels = [.. Enum.GetNames<Channel>().Select(n => n.ToLowerInvariant())];

    [MinLength(1, ErrorMessage = "at least one venue")]
    public IReadOnlyList<string> Venues { get; init; } = KnownVenues;

    /// <summary>Spot markets, perpetuals, or both.</summary>
    [MinLength(1, ErrorMessage = "at least one of spot, perp")]
    public IReadOnlyList<string> Markets { get; init; } = KnownMarkets;

    /// <summary>Assets or markets, the most important first.</summary>
    [MinLength(1, ErrorMessage = "at least one asset or market")]
    public IReadOnlyList<string> Symbols { get; init; } = ["bitcoin", "ethereum"];

    [MinLength(1, ErrorMessage = "at least one channel")]
    public IReadOnlyList<string> Channels { get; init; } = KnownChannels;

    /// <summary>Levels a side of the book streams, where a venue offers several: 1, 50, 200 or 1000.</summary>
    [AllowedValues(1, 50, 200, 1_000, ErrorMessage = "1, 50, 200 or 1000")]
    public int Depth { get; init; } = 50;

    /// <summary>How patient a feed is: watchdogs, back-off, snapshots, audits.</summary>
    public FeedOptions Feed { get; init; } = new();

    public RecordingSettings Recording { get; init; } = new();

    public JournalSettings Journal { get; init; } = new();

    public IReadOnlyList<Channel> ChannelList() => [.. Channels.Select(c => Enum.Parse<Channel>(c, ignoreCase: true)).Distinct()];

    public IReadOnlyList<MarketKind> MarketList() => [.. Markets.Select(Live.VenueProtocols.Market).Distinct()];

    public IEnumerable<string> Problems()
    {
        IEnumerable<string> lists = [.. Unknown("venues", Venues, KnownVenues), .. Unknown("markets", Markets, KnownMarkets), .. Unknown("channels", Channels, KnownChannels)];
        foreach (var problem in lists) yield return problem;
        foreach (var problem in Unknown("recording.retention", Recording.Retention.Keys, RecordingSettings.Kinds)) yield return problem;
        foreach (var (kind, rule) in Recording.Retention)
        {
            if (rule.Keep is null && rule.Rows is null && rule.Megabytes is null) yield return $"realtime.recording.retention.{kind}: one of keep, rows, megabytes belongs here.";
        }

        if (Feed.FirstLevels > Feed.Levels) yield return $"realtime.feed.firstLevels: {Feed.FirstLevels} is more than realtime.feed.levels, {Feed.Levels}.";
        if (Recording.BatchEvery > Recording.Cadence) yield return "realtime.recording.batchEvery must not be longer than realtime.recording.cadence: samples would be lost.";
    }

    private static IEnumerable<string> Unknown(string setting, IEnumerable<string> names, IReadOnlyList<string> known) => names
        .Where(n => !known.Contains(n, StringComparer.Ordinal))
        .Select(n => $"realtime.{setting}: '{n}' is unknown{NearestNames.Suggest(NearestNames.To(n, known))}; allowed are {string.Join(", ", known)}.");
}

/// <summary>What is kept of the live feeds beside the raw journal.</summary>
internal sealed record RecordingSettings
{
    public static readonly IReadOnlyList<string> Kinds = [.. Enum.GetNames<RealtimeKind>().Select(n => char.ToLowerInvariant(n[0]) + n[1..])];

    /// <summary>Whether CSV files and the ledgers are written below the data folder.</summary>
    public bool Csv { get; init; } = true;

    /// <summary>Whether the tables of the store are written.</summary>
    public bool Sqlite { get; init; } = true;

    /// <summary>At most one book and one spread per market in this time.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan Cadence { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Levels a side of a stored book.</summary>
    [Range(1, 1_000)]
    public int Levels { get; init; } = 20;

    /// <summary>A funding quote that has not changed is stored again after this time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FundingEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What has gathered is written in one transaction so often.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan BatchEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>By kind; a kind that is not named is kept for ever, as bars are.</summary>
    public IReadOnlyDictionary<string, RetentionSettings> Retention { get; init; } = new Dictionary<string, RetentionSettings>(StringComparer.Ordinal);

    public RecorderOptions ToOptions() => new()
    {
        Cadence = Cadence, Levels = Levels, FundingEvery = FundingEvery, BatchEvery = BatchEvery,
        Retention = Retention.ToDictionary(r => Enum.Parse<RealtimeKind>(r.Key, ignoreCase: true), r => r.Value.ToRule()),
    };
}

/// <summary>How much of one kind is kept; what is not said has no limit.</summary>
internal sealed record RetentionSettings
{
    /// <summary>No row is kept longer.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "36500.00:00:00")]
    public TimeSpan? Keep { get; init; }

    /// <summary>Most rows of the table.</summary>
    [Range(1L, 1_000_000_000L)]
    public long? Rows { get; init; }

    /// <summary>Most megabytes of all files of the kind; the present day's stay.</summary>
    [Range(1, 10_000_000)]
    public int? Megabytes { get; init; }

    public RetentionRule ToRule() => new(Keep, Rows, Megabytes * 1_048_576L);
}

/// <summary>The journal of raw frames, from which everything can be rebuilt.</summary>
internal sealed record JournalSettings
{
    public bool Enabled { get; init; } = true;

    /// <summary>A new segment begins when one is so large.</summary>
    [Range(1, 4_096)]
    public int SegmentMegabytes { get; init; } = 256;

    /// <summary>Longest time between a frame's arrival and its being safe on the disk.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:00.05")]
    public TimeSpan SyncEvery { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Older segments are deleted.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Most megabytes of all segments; the oldest go first.</summary>
    [Range(1, 100_000_000)]
    public int Megabytes { get; init; } = 16_384;

    public JournalOptions ToOptions() => new() { SyncInterval = SyncEvery, SegmentBytes = SegmentMegabytes * 1_048_576L, KeepFor = Keep, KeepBytes = Megabytes * 1_048_576L };
}
