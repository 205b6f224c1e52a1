using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Pipeline.Realtime.Streams;

namespace Mts.Pipeline.Realtime;

/// <summary>
/// Feeds that are given up for others leave their gaps open: each lasts until the same stream of the other feed stands, for what came between has
/// not been followed by anybody. Listens to the new feeds; what it says comes behind what they say.
/// </summary>
/// <param name="tap">Hears of the gaps.</param>
public sealed class GapBridge(IMarketTap tap) : QuietTap
{
    private readonly List<(FollowedMarket Market, FeedGap Gap)> open = [];
    private readonly Dictionary<(string Venue, Symbol Symbol), Timestamp> bars = [];

    /// <summary>A feed takes this one's place.</summary>
    public void Leave(VenueFeed feed)
    {
        open.AddRange(feed.Abandon());
        foreach (var market in feed.Markets)
        {
            if (market.Bars.LastOpen is { } last) bars[(market.Venue, market.Symbol)] = last;
        }
    }

    /// <summary>Nobody follows any more: what is open stays so.</summary>
    public void Finish(Timestamp now)
    {
        foreach (var (market, gap) in open) tap.OnGap(market, gap with { End = now, Repair = "none" });
        open.Clear();
    }

    public override void OnBookState(FollowedMarket market, BookState from, string cause, Timestamp now)
    {
        if (open.Count > 0 && market.Book.State is BookState.Valid or BookState.Empty) Close(market, Channel.Depth, market.Book.SnapshotId, "snapshot", now);
    }

    public override void OnTrade(FollowedMarket market, in TradeUpdate trade, bool isLate, Timestamp received)
    {
        if (open.Count > 0 && !isLate) Close(market, Channel.Trade, market.Trades.LastId, "none", received);
    }

    /// <summary>Whether a bar is missing is seen by the next one.</summary>
    public override void OnBar(FollowedMarket market, in Bar bar, bool isLate, Timestamp received)
    {
        if (bars.Count == 0 || !bars.Remove((market.Venue, market.Symbol), out var last)) return;
        var isWhole = bar.OpenTime <= last + BarStream.Length;
        if (open.Exists(g => IsOf(g.Gap, market, Channel.Bar))) Close(market, Channel.Bar, bar.OpenTime.UnixMilliseconds, isWhole ? "backfill" : "none", received);
        else if (!isWhole) Miss(market, last, bar.OpenTime, received);
    }

    private void Miss(FollowedMarket market, Timestamp last, Timestamp next, Timestamp now)
    {
        var gap = new FeedGap(market.Venue, market.Symbol, Channel.Bar, "disconnect", last.UnixMilliseconds, next.UnixMilliseconds, last + (2 * BarStream.Length));
        tap.OnGap(market, gap);
        tap.OnGap(market, gap with { End = now, Repair = "none" });
    }

    private void Close(FollowedMarket market, Channel channel, long? nextId, string repair, Timestamp now)
    {
        foreach (var left in open.FindAll(g => IsOf(g.Gap, market, channel)))
        {
            open.Remove(left);
            tap.OnGap(market, left.Gap with { NextId = left.Gap.NextId ?? nextId, End = now, Repair = repair });
        }
    }

    private static bool IsOf(FeedGap gap, FollowedMarket market, Channel channel) => gap.Channel == channel && gap.Venue == market.Venue && gap.Symbol == market.Symbol;
}
