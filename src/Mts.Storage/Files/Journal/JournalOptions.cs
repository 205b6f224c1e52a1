using System.ComponentModel.DataAnnotations;

namespace Mts.Storage.Files.Journal;

/// <summary>How the raw journal is written and how long it is kept.</summary>
public sealed record JournalOptions
{
    /// <summary>Longest time that inputs gather before they are written and flushed to the disk, 1 to 50 milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:00.050")]
    public TimeSpan SyncInterval { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Bytes that may gather while as many are being written; whoever brings more waits. 64 KiB to 256 MiB.</summary>
    [Range(65_536, 268_435_456)]
    public int BufferBytes { get; init; } = 4 * 1_024 * 1_024;

    /// <summary>Bytes that are held in memory while the disk takes nothing; what comes beyond is not kept, and the hole is named. 64 KiB to 1 GiB.</summary>
    [Range(65_536, 1_073_741_824)]
    public int HeldBytes { get; init; } = 64 * 1_024 * 1_024;

    /// <summary>Size at which a new segment is begun, 64 KiB to 4 GiB.</summary>
    [Range(typeof(long), "65536", "4294967296")]
    public long SegmentBytes { get; init; } = 256L * 1_024 * 1_024;

    /// <summary>Age at which a new segment is begun, 1 second to 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan SegmentAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Segments whose inputs are all older are removed, 1 second to 10 years.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The oldest segments beyond this total are removed, never the open one. 64 KiB to 100 TiB.</summary>
    [Range(typeof(long), "65536", "109951162777600")]
    public long KeepBytes { get; init; } = 20L * 1_024 * 1_024 * 1_024;
}
