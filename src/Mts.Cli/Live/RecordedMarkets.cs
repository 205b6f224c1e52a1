using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;

namespace Mts.Cli.Live;

/// <summary>Writes the markets of a recording on tapes, each by itself.</summary>
/// <param name="interval">Of the bars that are made of their trades.</param>
/// <param name="isWanted">Whether a market is written down.</param>
internal sealed class RecordedMarkets(Interval interval, Func<FollowedMarket, bool> isWanted) : QuietTap
{
    private readonly SortedDictionary<string, RecordedMarket> markets = new(StringComparer.Ordinal);
    private readonly SortedSet<string> others = new(StringComparer.Ordinal);

    public IReadOnlyCollection<RecordedMarket> Wanted => markets.Values;

    /// <summary>Names of those that were not wanted.</summary>
    public IReadOnlyCollection<string> Others => others;

    public override void OnBook(FollowedMarket market, Timestamp received) => Of(market)?.OnBook(market, received);

    public override void OnBookState(FollowedMarket market, BookState from, string cause, Timestamp now) => Of(market)?.OnBook(market, now);

    public override void OnTrade(FollowedMarket market, in TradeUpdate trade, bool isLate, Timestamp received) => Of(market)?.OnTrade(market, trade, isLate, received);

    public override void OnGap(FollowedMarket market, FeedGap gap)
    {
        if (gap is { Channel: Channel.Trade, End: null } && Of(market) is { } recorded) recorded.TradeGaps++;
    }

    private RecordedMarket? Of(FollowedMarket market)
    {
        var name = $"{market.Venue} {market.SymbolText}";
        if (markets.TryGetValue(name, out var known)) return known;
        if (!isWanted(market))
        {
            others.Add(name);
            return null;
        }

        return markets[name] = new RecordedMarket(market.Venue, market.Symbol, interval);
    }
}
