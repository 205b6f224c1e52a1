using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime;

/// <content>Where trades are counted by one, each hole in their numbers is a gap of its own, made good or given up by itself.</content>
internal sealed partial class MarketDesk
{
    private readonly Dictionary<int, List<FeedGap>> holes = [];

    private bool IsTradeGapOpen(int instrument) =>
        open.ContainsKey(new StreamRef(instrument, Channel.Trade)) || (holes.TryGetValue(instrument, out var found) && found.Count > 0);

    private void OpenHole(FollowedMarket market, long last, long next)
    {
        // What is missing since the stream was silent or lost is one gap, whatever shows itself first.
        if (open.ContainsKey(new StreamRef(market.Number, Channel.Trade))) return;
        if (!holes.TryGetValue(market.Number, out var found)) holes[market.Number] = found = [];
        var gap = new FeedGap(market.Venue, market.Symbol, Channel.Trade, "sequence", last, next, frame.Received);
        found.Add(gap);
        tap.OnGap(market, gap);
    }

    /// <summary>Ends the holes of which nothing is missing any more.</summary>
    private void CloseFilled(FollowedMarket market, string repair) => CloseHoles(market, g => !market.Trades.Misses(g.LastId!.Value + 1, g.NextId!.Value), repair, frame.Received);

    private bool CloseHoles(FollowedMarket market, Predicate<FeedGap> which, string repair, Timestamp now)
    {
        if (!holes.TryGetValue(market.Number, out var found)) return false;
        var closed = found.FindAll(which);
        foreach (var gap in closed)
        {
            found.Remove(gap);
            tap.OnGap(market, gap with { End = now, Repair = repair });
        }

        return closed.Count > 0;
    }

    // The page began after what was asked for: the venue does not serve it any more. What else is missing it may have.
    private void GiveUpFirst(FollowedMarket market)
    {
        var (from, until) = market.Trades.GiveUpFirst();
        var isHole = CloseHoles(market, g => g.LastId < from && until <= g.NextId, "none", frame.Received);
        market.Trades.IsTorn |= !isHole && open.ContainsKey(new StreamRef(market.Number, Channel.Trade));
    }

    private static string RepairOf(FollowedMarket market)
    {
        var repair = market.Trades.IsTorn ? "none" : "backfill";
        market.Trades.IsTorn = false;
        return repair;
    }
}
