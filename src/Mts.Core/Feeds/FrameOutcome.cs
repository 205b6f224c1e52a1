namespace Mts.Core.Feeds;

/// <summary>What became of one received frame or snapshot: exactly one of these, always.</summary>
public enum FrameOutcome
{
    /// <summary>It changed what is known.</summary>
    Applied,

    /// <summary>Its id, or all that it brings, was applied before.</summary>
    Duplicate,

    /// <summary>Older than the snapshot, or of a connection that has been replaced.</summary>
    Stale,

    /// <summary>A quote that gave way to a newer one before anyone looked.</summary>
    Superseded,

    /// <summary>Given up because something before it is missing.</summary>
    Discarded,

    /// <summary>An acknowledgement, a pong, a notice.</summary>
    Control,

    /// <summary>Not understood, or refused by a rule; the bytes are kept.</summary>
    DeadLettered,

    /// <summary>Waits for a snapshot; becomes one of the others.</summary>
    Buffered,
}

/// <summary>Where a frame belongs and what became of it.</summary>
/// <param name="Stream">Its stream, or the connection.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why it was dead-lettered; null otherwise. One of few texts, so that they can be counted.</param>
public readonly record struct FrameVerdict(StreamRef Stream, FrameOutcome Outcome, string? Reason = null)
{
    public static readonly FrameVerdict Control = new(StreamRef.Connection, FrameOutcome.Control);

    public static FrameVerdict Dead(StreamRef stream, string reason) => new(stream, FrameOutcome.DeadLettered, reason);
}
