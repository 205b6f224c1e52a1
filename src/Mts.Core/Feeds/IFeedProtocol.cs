using Mts.Core.Market;

namespace Mts.Core.Feeds;

/// <summary>The protocol of one venue connection: pure, single-threaded, without a socket or a clock. It allocates nothing per frame.</summary>
public interface IFeedProtocol
{
    /// <summary>Where to connect: path and query below the venue's base address.</summary>
    string Path { get; }

    /// <summary>The venue announced that it will end the connection soon.</summary>
    bool IsEnding { get; }

    /// <summary>The connection stands; the subscriptions of its streams are queued.</summary>
    void OnOpened(Timestamp now);

    /// <summary>Reads one frame, tells the sink and says what became of it. No input makes it throw.</summary>
    /// <param name="frame">One whole text frame, valid during the call only.</param>
    /// <param name="received">When it arrived, UTC.</param>
    /// <param name="sink">Takes what it brought.</param>
    FrameVerdict OnFrame(ReadOnlySpan<byte> frame, Timestamp received, IMarketSink sink);

    /// <summary>The next moment at which <see cref="OnTimer"/> wants to be called, or null.</summary>
    Timestamp? NextTimer { get; }

    /// <summary>Queues a question that the venue answers at once on a connection that lives.</summary>
    void Ping(Timestamp now);

    /// <summary>Queues a due ping, gives up on an answer that is overdue.</summary>
    void OnTimer(Timestamp now, IMarketSink sink);

    /// <summary>The next control message that may be sent now within the venue's message rate.</summary>
    /// <param name="now">The present.</param>
    /// <param name="text">UTF-8, valid until the next call; empty for none.</param>
    bool TryTakeOutgoing(Timestamp now, out ReadOnlySpan<byte> text);

    void Subscribe(StreamRef stream);

    void Unsubscribe(StreamRef stream);

    SubscriptionState StateOf(StreamRef stream);
}
