using Mts.Core.Books;
using Mts.Core.Market;

namespace Mts.Core.Feeds;

/// <summary>What one market (spot or perpetual) of a venue speaks in real time.</summary>
public interface IVenueProtocol
{
    /// <summary>Lower case.</summary>
    string Venue { get; }

    MarketKind Market { get; }

    FeedLimits Limits { get; }

    /// <summary>What it brings.</summary>
    IReadOnlyList<Channel> Channels { get; }

    IBookSequencer Sequencer { get; }

    /// <summary>Levels a side that the depth stream covers; null for all of them.</summary>
    int? BookLevels { get; }

    /// <summary>True where the ids of a market's trades rise by one, so that a missing one is seen.</summary>
    bool CountsTrades { get; }

    /// <summary>True where the id of a best quote is the id of the book update it was taken at.</summary>
    bool QuotesShareBookIds { get; }

    /// <summary>Channels of different routes cannot share a connection.</summary>
    int RouteOf(Channel channel);

    /// <summary>The protocol of a new connection that is to carry these streams, all of one route.</summary>
    IFeedProtocol Open(IReadOnlyList<StreamRef> streams, InstrumentTable instruments);

    /// <summary>Reads what a <see cref="IVenueFetch"/> brought, with the sink and the verdict of a frame.</summary>
    FrameVerdict ReadBody(FetchKind kind, ReadOnlySpan<byte> body, int instrument, Timestamp received, InstrumentTable instruments, IMarketSink sink);

    /// <summary>Reads the answer to <see cref="FetchKind.Time"/>.</summary>
    /// <returns>What the venue's clock showed, cut to milliseconds.</returns>
    /// <exception cref="DataValidationException">The body tells no time.</exception>
    Timestamp ReadTime(ReadOnlySpan<byte> body);
}

/// <summary>The two kinds of market that are followed.</summary>
public enum MarketKind
{
    Spot,
    Perpetual,
}

/// <summary>What a venue allows on its stream connections.</summary>
/// <param name="StreamsPerConnection">Most subscriptions on one connection.</param>
/// <param name="AttemptsPerWindow">Most connection attempts in a window.</param>
/// <param name="AttemptWindow">That window.</param>
/// <param name="ConnectionLife">After this the venue ends a connection; null where it does not.</param>
public sealed record FeedLimits(int StreamsPerConnection, int AttemptsPerWindow, TimeSpan AttemptWindow, TimeSpan? ConnectionLife);

/// <summary>What can be asked for beside the stream.</summary>
public enum FetchKind
{
    /// <summary>The book as it is.</summary>
    Snapshot,

    /// <summary>Trades from an id on.</summary>
    Trades,

    /// <summary>One-minute bars from a time on.</summary>
    Bars,

    /// <summary>What the venue's clock shows; the symbol only says in which market.</summary>
    Time,
}

/// <summary>One thing to fetch beside the stream.</summary>
/// <param name="Kind">What.</param>
/// <param name="Symbol">The market.</param>
/// <param name="Levels">Levels a side, for a snapshot.</param>
/// <param name="FromId">First trade, where the venue serves them by id; null for the newest.</param>
/// <param name="From">Open time of the first bar.</param>
public sealed record FetchRequest(FetchKind Kind, Symbol Symbol, int Levels = 0, long? FromId = null, Timestamp? From = null)
{
    /// <summary>The market's number in its feed.</summary>
    public int Instrument { get; init; }

    /// <summary>Kind and market as one number, never 0: it stands beside the answer in the journal, so that the answer can be read without the question.</summary>
    public long Tag => ((long)Instrument << 8) + (long)Kind + 1;

    /// <returns>Null where there is no tag, as in journals of earlier versions.</returns>
    public static (FetchKind Kind, int Instrument)? OfTag(long tag) => tag > 0 ? ((FetchKind)((tag & 0xFF) - 1), (int)(tag >> 8)) : null;
}

/// <summary>Fetches over the venue's request interface, within its limits.</summary>
public interface IVenueFetch
{
    /// <summary>The answer's bytes as they came.</summary>
    /// <exception cref="ApiException">The venue failed after the retries.</exception>
    Task<ReadOnlyMemory<byte>> FetchAsync(FetchRequest request, CancellationToken cancellationToken);
}
