using Mts.Core.Market;

namespace Mts.Pipeline.Realtime.Recording;

/// <summary>The recorder's own account.</summary>
/// <param name="Taken">Rows taken from the feeds, once for each sink.</param>
/// <param name="Conflated">Sampled rows that gave way to a newer one of their market before they were written.</param>
/// <param name="Refused">Rows with a number that is none.</param>
/// <param name="Written">Rows written, once for each sink.</param>
/// <param name="Owed">Rows that are still to be written; after the end, those that could not be.</param>
/// <param name="Waits">Times that a feed waited for room among the ledgers.</param>
/// <param name="Trimmed">Rows and files deleted by retention.</param>
public readonly record struct RecorderCounts(long Taken, long Conflated, long Refused, long Written, long Owed, long Waits, long Trimmed);

/// <summary>The state of one place that is written to.</summary>
/// <param name="Sink">Its name.</param>
/// <param name="IsFailing">Whether the newest write failed.</param>
/// <param name="Detail">Why; empty while all is well.</param>
/// <param name="Since">Since when.</param>
public sealed record SinkState(string Sink, bool IsFailing, string Detail, Timestamp Since);
