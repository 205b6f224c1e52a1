using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Core.Ports;

/// <summary>The best levels of a valid book at one moment, in exact numbers.</summary>
/// <param name="Venue">Lower case.</param>
/// <param name="Symbol">The market.</param>
/// <param name="Time">The venue's time of the newest change in it; the receive time where the venue does not say.</param>
/// <param name="Received">When that change was received.</param>
/// <param name="UpdateId">The last update in it.</param>
/// <param name="Epoch">Epoch of the connection that brought it.</param>
/// <param name="Scale">Unit of the numbers.</param>
/// <param name="Bids">Best first.</param>
/// <param name="Asks">Best first.</param>
public sealed record BookRow(
    string Venue, Symbol Symbol, Timestamp Time, Timestamp Received, long UpdateId, int Epoch, NumberScale Scale, LevelChange[] Bids, LevelChange[] Asks);

/// <summary>Best bid and ask of one market at one moment, in exact numbers.</summary>
/// <param name="Venue">Lower case.</param>
/// <param name="Symbol">The market.</param>
/// <param name="Time">The venue's time; the receive time where it does not say.</param>
/// <param name="Received">When it was received.</param>
/// <param name="Scale">Unit of the numbers.</param>
/// <param name="Bid">Best bid.</param>
/// <param name="Ask">Best ask.</param>
public sealed record SpreadRow(string Venue, Symbol Symbol, Timestamp Time, Timestamp Received, NumberScale Scale, LevelChange Bid, LevelChange Ask)
{
    public decimal Absolute => Scale.Price(Ask.Price) - Scale.Price(Bid.Price);

    public decimal Mid => (Scale.Price(Ask.Price) + Scale.Price(Bid.Price)) / 2;

    /// <summary>Hundredths of the mid price.</summary>
    public double Percentage => (double)Absolute / (double)Mid * 100;
}

/// <summary>What buying at one venue and selling at another would bring at one moment.</summary>
/// <param name="BuyVenue">Where to buy.</param>
/// <param name="BuySymbol">What to buy.</param>
/// <param name="SellVenue">Where to sell.</param>
/// <param name="SellSymbol">What to sell.</param>
/// <param name="Time">The moment, UTC.</param>
/// <param name="Size">Base units with the greatest net profit; null where no size has any.</param>
/// <param name="BuyPrice">Best ask, or of an opportunity the mean price through the depth, quote units.</param>
/// <param name="SellPrice">Best bid, or of an opportunity the mean price through the depth, quote units.</param>
/// <param name="GrossBps">Before costs, 1/10,000 of the buying price.</param>
/// <param name="NetBps">After all costs at <paramref name="Size"/>; null without one.</param>
public sealed record CrossSpreadRow(
    string BuyVenue, Symbol BuySymbol, string SellVenue, Symbol SellSymbol, Timestamp Time, double? Size, double BuyPrice, double SellPrice, double GrossBps, double? NetBps);

/// <summary>A stretch of time in which buying at one venue and selling at another would have paid; one per direction and first sighting.</summary>
/// <param name="FirstSeen">When it began.</param>
/// <param name="LastSeen">When it was last there.</param>
/// <param name="Ended">When it was found gone; null while it goes on.</param>
/// <param name="EndReason">Why it ended; null while it goes on.</param>
/// <param name="Best">At its best moment.</param>
/// <param name="NetProfit">At its best moment, quote units.</param>
public sealed record OpportunityRow(Timestamp FirstSeen, Timestamp LastSeen, Timestamp? Ended, string? EndReason, CrossSpreadRow Best, double NetProfit);

/// <summary>What the next funding payment is going to be, as the venue tells it: a forecast, no payment.</summary>
/// <param name="Venue">Lower case.</param>
/// <param name="Symbol">The perpetual.</param>
/// <param name="Time">The venue's time.</param>
/// <param name="Rate">Fraction of notional that longs would pay to shorts.</param>
/// <param name="NextFunding">The settlement that it is for; null where the venue does not say.</param>
/// <param name="Mark">Mark price, quote units.</param>
/// <param name="Index">Index price; null where it is not said.</param>
public sealed record FundingQuoteRow(string Venue, Symbol Symbol, Timestamp Time, double Rate, Timestamp? NextFunding, double Mark, double? Index);

/// <summary>A bar that closed while it was followed.</summary>
/// <param name="Key">Its series.</param>
/// <param name="Bar">The bar.</param>
/// <param name="Received">When it came.</param>
public sealed record StreamBarRow(SeriesKey Key, Bar Bar, Timestamp Received);

/// <summary>A stream's account as it stood at one moment.</summary>
/// <param name="Session">The session it belongs to.</param>
/// <param name="Venue">Lower case.</param>
/// <param name="Market">Spot or perpetual.</param>
/// <param name="Symbol">The market; null for the account of a connection.</param>
/// <param name="Channel">The channel; null for the account of a connection.</param>
/// <param name="Connection">The number of the connection, from 0; 0 for a stream.</param>
/// <param name="Time">When it was taken.</param>
/// <param name="Received">Units received.</param>
/// <param name="Outcomes">What became of them, in the order of <see cref="FrameOutcome"/>.</param>
public sealed record AccountRow(
    string Session, string Venue, MarketKind Market, Symbol? Symbol, Channel? Channel, int Connection, Timestamp Time, long Received, long[] Outcomes)
{
    public static AccountRow Of(string session, string venue, MarketKind market, Symbol? symbol, Channel? channel, int connection, StreamAccount account, Timestamp time) =>
        new(session, venue, market, symbol, channel, connection, time, account.Received, [.. Enum.GetValues<FrameOutcome>().Select(o => account[o])]);

    public long this[FrameOutcome outcome] => Outcomes[(int)outcome];
}
