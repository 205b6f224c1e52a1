using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime;

/// <summary>
/// What comes out of the feeds: whatever stores, shows or trades listens here. Calls come one at a time, in the order of the inputs; they
/// return quickly and keep no reference to a book.
/// </summary>
public interface IMarketTap
{
    /// <summary>A snapshot was installed or a change applied. The book may be believed only where its state is valid.</summary>
    /// <param name="market">The market; <see cref="Books.BookKeeper.Updated"/> is when the change itself came.</param>
    /// <param name="received">The present moment. A change that was held back is told of when its snapshot is there, and is as old by then.</param>
    void OnBook(FollowedMarket market, Timestamp received);

    /// <summary>A book's state has changed.</summary>
    void OnBookState(FollowedMarket market, BookState from, string cause, Timestamp now);

    void OnQuote(FollowedMarket market, in QuoteUpdate quote, Timestamp received);

    /// <param name="market">The market.</param>
    /// <param name="trade">One trade, each given once.</param>
    /// <param name="isLate">True where it was missed and fetched back; its time lies before others that were given.</param>
    /// <param name="received">When it came.</param>
    void OnTrade(FollowedMarket market, in TradeUpdate trade, bool isLate, Timestamp received);

    /// <param name="market">The market.</param>
    /// <param name="bar">A closed bar, each given once, in the order of time.</param>
    /// <param name="isLate">True where it was missed and fetched back.</param>
    /// <param name="received">When it came.</param>
    void OnBar(FollowedMarket market, in Bar bar, bool isLate, Timestamp received);

    void OnMark(FollowedMarket market, in MarkUpdate mark, Timestamp received);

    void OnLiquidation(FollowedMarket market, in LiquidationUpdate liquidation, Timestamp received);

    /// <summary>A gap was seen, or one that was seen is closed now (<see cref="FeedGap.End"/>).</summary>
    void OnGap(FollowedMarket market, FeedGap gap);

    void OnDeadLetter(DeadLetter letter);

    /// <summary>The venue was asked for its time and answered.</summary>
    /// <param name="venue">Lower case.</param>
    /// <param name="market">Spot or perpetual: each has machines of its own.</param>
    /// <param name="probe">The answer.</param>
    void OnProbe(string venue, MarketKind market, in ClockProbe probe);

    /// <summary>Our own clock was set back: until the next probe the venue's is ahead of it by what it was, by so much more, or by something between.</summary>
    void OnClockSetBack(string venue, MarketKind market, TimeSpan by);

    /// <summary>A connection was opened, lost, replaced or refused.</summary>
    void OnConnection(ConnectionNote note);
}

/// <param name="Venue">Lower case.</param>
/// <param name="Market">Spot or perpetual.</param>
/// <param name="Connection">Number of the set of streams that it carries, from 1; the connections that carry them one after the other differ by epoch.</param>
/// <param name="Epoch">Its epoch, from 1.</param>
/// <param name="State">
/// Of a connection <c>open</c>, <c>lost</c>, <c>refused</c>, <c>replaced</c>; of one of its streams <c>subscription-refused</c> (it is asked for again),
/// <c>subscription-unavailable</c> (the venue does not have it), <c>silent</c>, and <c>subscribed</c> or <c>heard</c> when that is over.
/// </param>
/// <param name="Detail">Why, in words.</param>
/// <param name="Streams">Its streams.</param>
/// <param name="Time">When.</param>
public sealed record ConnectionNote(
    string Venue, MarketKind Market, int Connection, int Epoch, string State, string Detail, int Streams, Timestamp Time)
{
    /// <summary>The one stream that is meant, <c>BTC/USDT depth</c>; null where it is the connection.</summary>
    public string? Stream { get; init; }
}
