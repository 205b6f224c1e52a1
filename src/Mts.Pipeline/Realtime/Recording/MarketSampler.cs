using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Pipeline.Realtime.Recording;

/// <summary>Decides what of one market is due, and copies it; called by the market's own feed only.</summary>
internal sealed class MarketSampler(RecorderOptions options)
{
    private Timestamp nextBook = Timestamp.MinValue;
    private Timestamp nextQuote = Timestamp.MinValue;
    private Timestamp nextFunding = Timestamp.MinValue;
    private long? bookStep;
    private long? quoteStep;
    private double? rate;
    private Timestamp? settlement;

    public bool IsBookDue(FollowedMarket market, Timestamp received)
    {
        if (!IsTime(nextBook, received, options.Cadence) || market.Book.State != BookState.Valid || market.Book.Book.IsOneSided) return false;
        return IsOwnStep(ref bookStep, ref nextBook, market.Book.Time, received);
    }

    public bool IsQuoteDue(in QuoteUpdate quote, Timestamp received)
    {
        // An empty side has no price, and a crossed quote none that could be traded.
        if (!IsTime(nextQuote, received, options.Cadence) || quote.Bid.Size == 0 || quote.Ask.Size == 0 || quote.Bid.Price >= quote.Ask.Price) return false;
        return IsOwnStep(ref quoteStep, ref nextQuote, quote.Time, received);
    }

    public bool IsFundingDue(in MarkUpdate mark)
    {
        if (mark.Rate is null || (!IsTime(nextFunding, mark.Time, options.FundingEvery) && mark.Rate == rate && mark.NextFunding == settlement)) return false;
        (rate, settlement, nextFunding) = (mark.Rate, mark.NextFunding, mark.Time + options.FundingEvery);
        return true;
    }

    /// <summary>The best levels, as far down as the book is known.</summary>
    public BookRow Book(FollowedMarket market, Timestamp received)
    {
        var keeper = market.Book;
        var bids = Copy(keeper.Book.Bids, keeper.KnownBidFloor is { } floor ? level => level.Price >= floor : null);
        var asks = Copy(keeper.Book.Asks, keeper.KnownAskCeiling is { } ceiling ? level => level.Price <= ceiling : null);
        return new BookRow(market.Venue, market.Symbol, keeper.Time ?? received, received, keeper.Id ?? 0, keeper.Epoch, market.Scale, bids, asks);
    }

    private LevelChange[] Copy(BookSide side, Func<LevelChange, bool>? isKnown)
    {
        var count = 0;
        while (count < Math.Min(options.Levels, side.Count) && isKnown?.Invoke(side[count]) != false) count++;
        var levels = new LevelChange[count];
        for (var i = 0; i < count; i++) levels[i] = side[i];
        return levels;
    }

    // A clock that was set back must not silence the samples until it has caught up.
    private static bool IsTime(Timestamp next, Timestamp now, TimeSpan step) => now >= next || next - now > step;

    // A message that was under way for longer than others may fall into the same second of the venue as the sample before; the next one will do.
    private bool IsOwnStep(ref long? last, ref Timestamp next, Timestamp? time, Timestamp received)
    {
        var step = (time ?? received).Micros / (options.Cadence.Ticks / 10);
        if (step == last) return false;
        (last, next) = (step, Next(received));
        return true;
    }

    // On the grid of the cadence, so that the samples of all markets fall into the same seconds.
    private Timestamp Next(Timestamp received)
    {
        var step = options.Cadence.Ticks / 10;
        return new Timestamp((received.Micros / step * step) + step);
    }
}
