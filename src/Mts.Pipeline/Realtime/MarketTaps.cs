using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime;

/// <summary>Gives every event to several listeners, in their order.</summary>
public sealed class MarketTaps(params IReadOnlyList<IMarketTap> taps) : IMarketTap
{
    public void OnBook(FollowedMarket market, Timestamp received)
    {
        foreach (var tap in taps) tap.OnBook(market, received);
    }

    public void OnBookState(FollowedMarket market, BookState from, string cause, Timestamp now)
    {
        foreach (var tap in taps) tap.OnBookState(market, from, cause, now);
    }

    public void OnQuote(FollowedMarket market, in QuoteUpdate quote, Timestamp received)
    {
        foreach (var tap in taps) tap.OnQuote(market, quote, received);
    }

    public void OnTrade(FollowedMarket market, in TradeUpdate trade, bool isLate, Timestamp received)
    {
        foreach (var tap in taps) tap.OnTrade(market, trade, isLate, received);
    }

    public void OnBar(FollowedMarket market, in Bar bar, bool isLate, Timestamp received)
    {
        foreach (var tap in taps) tap.OnBar(market, bar, isLate, received);
    }

    public void OnMark(FollowedMarket market, in MarkUpdate mark, Timestamp received)
    {
        foreach (var tap in taps) tap.OnMark(market, mark, received);
    }

    public void OnLiquidation(FollowedMarket market, in LiquidationUpdate liquidation, Timestamp received)
    {
        foreach (var tap in taps) tap.OnLiquidation(market, liquidation, received);
    }

    public void OnGap(FollowedMarket market, FeedGap gap)
    {
        foreach (var tap in taps) tap.OnGap(market, gap);
    }

    public void OnClockSetBack(string venue, MarketKind market, TimeSpan by)
    {
        foreach (var tap in taps) tap.OnClockSetBack(venue, market, by);
    }

    public void OnProbe(string venue, MarketKind market, in ClockProbe probe)
    {
        foreach (var tap in taps) tap.OnProbe(venue, market, probe);
    }

    public void OnDeadLetter(DeadLetter letter)
    {
        foreach (var tap in taps) tap.OnDeadLetter(letter);
    }

    public void OnConnection(ConnectionNote note)
    {
        foreach (var tap in taps) tap.OnConnection(note);
    }
}
