using Mts.Core.Books;
using Mts.Core.Market;

namespace Mts.Core.Feeds;

/// <summary>A change of an order book, or a snapshot of it; valid during the call that brings it.</summary>
/// <param name="ids">Its place in the venue's sequence.</param>
/// <param name="isSnapshot">True where it is the whole book.</param>
/// <param name="time">The venue's time; null where it does not say.</param>
/// <param name="bids">Levels in the instrument's scale, as the venue ordered them.</param>
/// <param name="asks">Likewise.</param>
/// <param name="sequence">The venue's number across streams (Bybit <c>seq</c>); 0 where there is none.</param>
public readonly ref struct DepthUpdate(
    DepthIds ids, bool isSnapshot, Timestamp? time, ReadOnlySpan<LevelChange> bids, ReadOnlySpan<LevelChange> asks, long sequence = 0)
{
    public DepthIds Ids { get; } = ids;

    public bool IsSnapshot { get; } = isSnapshot;

    public Timestamp? Time { get; } = time;

    public ReadOnlySpan<LevelChange> Bids { get; } = bids;

    public ReadOnlySpan<LevelChange> Asks { get; } = asks;

    public long Sequence { get; } = sequence;
}

/// <summary>Best bid and ask; a size of 0 is an empty side. Numbers in the instrument's scale.</summary>
/// <param name="Id">The book update it was taken at, comparable with <see cref="DepthIds.Last"/> on Binance; rising.</param>
/// <param name="Time">The venue's time; null where it does not say.</param>
/// <param name="Bid">Best bid.</param>
/// <param name="Ask">Best ask.</param>
public readonly record struct QuoteUpdate(long Id, Timestamp? Time, LevelChange Bid, LevelChange Ask);

/// <summary>A trade. Numbers in the instrument's scale.</summary>
/// <param name="Id">The venue's id; where that is a UUID, its 128 bits.</param>
/// <param name="Time">When it was made.</param>
/// <param name="Price">Above zero.</param>
/// <param name="Size">Above zero.</param>
/// <param name="IsSell">True where the taker sold.</param>
public readonly record struct TradeUpdate(UInt128 Id, Timestamp Time, long Price, long Size, bool IsSell);

/// <summary>A one-minute bar as it stands.</summary>
/// <param name="Bar">Prices and volume so far.</param>
/// <param name="IsClosed">True once, after its end.</param>
/// <param name="Time">The venue's time of the message.</param>
public readonly record struct BarUpdate(Bar Bar, bool IsClosed, Timestamp Time);

/// <summary>What a perpetual is valued at, and the funding that is building up.</summary>
/// <param name="Time">The venue's time.</param>
/// <param name="Mark">Mark price, quote units.</param>
/// <param name="Index">Index price; null where it is not said.</param>
/// <param name="Rate">Funding rate expected at the next settlement, fraction of notional; null where the contract pays none.</param>
/// <param name="NextFunding">The next settlement; null where the contract pays none.</param>
public readonly record struct MarkUpdate(Timestamp Time, double Mark, double? Index, double? Rate, Timestamp? NextFunding);

/// <summary>A position that its venue closed by force. Numbers in the instrument's scale.</summary>
/// <param name="Time">When.</param>
/// <param name="IsLong">Whether a long was closed.</param>
/// <param name="Price">As the venue tells it: Binance the order's, Bybit the bankruptcy price.</param>
/// <param name="Size">Base units.</param>
public readonly record struct LiquidationUpdate(Timestamp Time, bool IsLong, long Price, long Size);

/// <summary>A venue's answer to the question what time it is.</summary>
/// <param name="Sent">When it was asked, by our clock.</param>
/// <param name="VenueTime">What its clock showed meanwhile.</param>
/// <param name="Received">When the answer came, by our clock.</param>
/// <param name="IsAfterJump">Whether our own clock has jumped since the last answer.</param>
public readonly record struct ClockProbe(Timestamp Sent, Timestamp VenueTime, Timestamp Received, bool IsAfterJump = false);
