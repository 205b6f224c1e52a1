using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime;

/// <summary>A listener that hears nothing; listeners of a few events derive from it.</summary>
public abstract class QuietTap : IMarketTap
{
    public virtual void OnBook(FollowedMarket market, Timestamp received)
    {
    }

    public virtual void OnBookState(FollowedMarket market, BookState from, string cause, Timestamp now)
    {
    }

    public virtual void OnQuote(FollowedMarket market, in QuoteUpdate quote, Timestamp received)
    {
    }

    public virtual void OnTrade(FollowedMarket market, in TradeUpdate trade, bool isLate, Timestamp received)
    {
    }

    public virtual void OnBar(FollowedMarket market, in Bar bar, bool isLate, Timestamp received)
    {
    }

    public virtual void OnMark(FollowedMarket market, in MarkUpdate mark, Timestamp received)
    {
    }

    public virtual void OnLiquidation(FollowedMarket market, in LiquidationUpdate liquidation, Timestamp received)
    {
    }

    public virtual void OnGap(FollowedMarket market, FeedGap gap)
    {
    }

    public virtual void OnClockSetBack(string venue, MarketKind market, TimeSpan by)
    {
    }

    public virtual void OnProbe(string venue, MarketKind market, in ClockProbe probe)
    {
    }

    public virtual void OnDeadLetter(DeadLetter letter)
    {
    }

    public virtual void OnConnection(ConnectionNote note)
    {
    }
}
