using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;
using Mts.Storage.Cache.Live;

namespace Mts.Cli.Live;

/// <summary>Hands books and funding to the cache; a book only as often as the cache wants one.</summary>
/// <param name="cache">Where they go.</param>
/// <param name="fundingInterval">Time between the settlements of a perpetual; null while it is not known.</param>
internal sealed class CacheTap(MarketCache cache, Func<FollowedMarket, TimeSpan?> fundingInterval) : QuietTap
{
    private const int Levels = 20;

    public static void Put(MarketCache cache, FollowedMarket market, Timestamp received)
    {
        var keeper = market.Book;
        cache.Put(new BookEntry(market.Venue, market.Symbol, keeper.Time ?? received, keeper.State, keeper.Id, LevelsOf(keeper.Book.Bids, keeper.Book.Scale), LevelsOf(keeper.Book.Asks, keeper.Book.Scale)));
    }

    /// <summary>The newest book, where the cache wants one now.</summary>
    public static void PutDue(MarketCache cache, FollowedMarket market)
    {
        if (cache.IsBookDue(market.Venue, market.Symbol, market.Book.State, market.Book.Time ?? market.Book.Updated)) Put(cache, market, market.Book.Updated);
    }

    /// <summary>The session is over: nobody keeps these books any more, so none of them may stand there as one to believe.</summary>
    public static void End(MarketCache cache, IEnumerable<FollowedMarket> markets, Timestamp now)
    {
        foreach (var market in markets.Where(m => m.Book.State is BookState.Valid or BookState.Empty))
        {
            cache.Put(new BookEntry(market.Venue, market.Symbol, market.Book.Time ?? now, BookState.Stale, market.Book.Id, [], []));
        }
    }

    public override void OnBook(FollowedMarket market, Timestamp received)
    {
        if (cache.IsBookDue(market.Venue, market.Symbol, market.Book.State, market.Book.Time ?? received)) Put(cache, market, received);
    }

    public override void OnBookState(FollowedMarket market, BookState from, string cause, Timestamp now)
    {
        if (market.Book.State != BookState.Valid) Put(cache, market, now);
    }

    public override void OnMark(FollowedMarket market, in MarkUpdate mark, Timestamp received) =>
        cache.Put(new FundingEntry(market.Venue, market.Symbol, mark.Time, mark.Rate, mark.Mark, mark.Index, mark.NextFunding, fundingInterval(market)));

    private static BookLevel[] LevelsOf(BookSide side, NumberScale scale)
    {
        var levels = new BookLevel[Math.Min(Levels, side.Count)];
        for (var rank = 0; rank < levels.Length; rank++) levels[rank] = new BookLevel(scale.Price(side[rank].Price), scale.Size(side[rank].Size));
        return levels;
    }
}
