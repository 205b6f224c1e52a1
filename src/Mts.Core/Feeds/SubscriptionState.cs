namespace Mts.Core.Feeds;

/// <summary>How far a stream has been asked for on its connection.</summary>
public enum SubscriptionState
{
    /// <summary>Not asked for, or ended.</summary>
    None,

    /// <summary>To be asked for when the connection's message rate allows.</summary>
    Queued,

    /// <summary>Asked for.</summary>
    Sent,

    /// <summary>The venue said yes; on some venues it says so to anything, and only data proves it.</summary>
    Acknowledged,

    /// <summary>The venue said no, or nothing within its time; it may say yes the next time.</summary>
    Refused,

    /// <summary>The venue does not have it; it will not have it soon.</summary>
    Unavailable,
}
