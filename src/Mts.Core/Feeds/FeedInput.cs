using Mts.Core.Market;

namespace Mts.Core.Feeds;

/// <summary>Everything that can happen to a feed from outside. The same inputs in the same order give the same books, ledgers and events.</summary>
public enum FeedInputKind : byte
{
    /// <summary>A connection stands.</summary>
    Opened = 1,

    /// <summary>A connection could not be made; the bytes say why, <see cref="FeedInput.Value"/> the microseconds that the venue asks to wait.</summary>
    Refused = 2,

    /// <summary>A whole text frame.</summary>
    Frame = 3,

    /// <summary>A connection ended; the bytes say why.</summary>
    Closed = 4,

    /// <summary>A fetch was answered; the bytes are the body, <see cref="FeedInput.Value"/> is <see cref="FetchRequest.Tag"/>.</summary>
    Fetched = 5,

    /// <summary>A fetch failed for good; the bytes say why, <see cref="FeedInput.Value"/> the microseconds that the venue asks to wait.</summary>
    FetchFailed = 6,

    /// <summary>The clock reached the feed's next timer, or it was set: <see cref="FeedInput.Value"/> says how far, in microseconds, negative for back.</summary>
    Timer = 7,

    /// <summary>Start of a session; the bytes are its settings.</summary>
    Started = 8,

    /// <summary>A text that was sent; for the eye, it changes nothing.</summary>
    Sent = 9,

    /// <summary>The disk took nothing for a while: <see cref="FeedInput.Value"/> inputs are missing here, the bytes say since when and why. A session begins behind it.</summary>
    Missing = 10,
}

/// <summary>One input, without its bytes.</summary>
/// <param name="Feed">Number of the feed in its session.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Number">The connection's number in its feed, or the fetch's.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="Value">See <see cref="FeedInputKind"/>; 0 otherwise.</param>
public readonly record struct FeedInput(int Feed, FeedInputKind Kind, int Number, Timestamp Time, long Value = 0);

/// <summary>Keeps every input before it is handled.</summary>
public interface IFeedJournal
{
    /// <summary>Inputs appended so far.</summary>
    long Appended { get; }

    /// <summary>Of these, how many outlive a power cut: the durable watermark.</summary>
    long Durable { get; }

    /// <summary>Why nothing can be written now; null while all is well.</summary>
    string? Problem => null;

    /// <summary>Inputs that were handled and are not kept.</summary>
    long Lost => 0;

    /// <summary>Inputs are missing, so that what follows them cannot be played again: nothing is kept before a session begins anew.</summary>
    bool HasHole => false;

    /// <summary>Takes a copy of the bytes; returns before they are on disk. Never fails: what the disk does not take is held, and then lost and counted.</summary>
    void Append(in FeedInput input, ReadOnlySpan<byte> bytes);
}
