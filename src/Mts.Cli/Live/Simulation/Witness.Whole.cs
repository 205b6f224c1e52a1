using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;
using Mts.Simulator.Live;

namespace Mts.Cli.Live.Simulation;

/// <content>What must be so at the end.</content>
internal sealed partial class Witness
{
    /// <summary>All closed bars that were given.</summary>
    public List<(FollowedMarket Market, Bar Bar)> Bars { get; } = [];

    /// <summary>After a time without faults every book is valid and nothing is missing any more.</summary>
    public void Recovered(IEnumerable<VenueFeed> feeds)
    {
        foreach (var feed in feeds)
        {
            foreach (var market in feed.Markets.Where(m => m.Book.State != BookState.Valid)) Violate($"{Name(market)} is still {market.Book.State} long after the last fault");
            foreach (var gap in feed.OpenGaps) Violate($"{gap.Venue} {gap.Symbol} {gap.Channel} still has a gap ({gap.Cause}) long after the last fault");
        }
    }

    /// <summary>Where the venue numbers its trades and no gap is open, none is missing between the first and the last.</summary>
    public void Whole(IEnumerable<VenueFeed> feeds)
    {
        var open = feeds.SelectMany(f => f.OpenGaps.Where(g => g.Channel == Channel.Trade).Select(g => (g.Venue, f.Market, g.Symbol.ToString()))).ToHashSet();
        foreach (var (key, given) in trades.Where(t => t.Key.Item1 == "binance" && !open.Contains(t.Key)))
        {
            var missing = given.Max() - given.Min() + 1 - (UInt128)given.Count;
            if (missing > 0) Violate($"{key.Item1} {key.Item3} lacks {missing} trades");
        }
    }

    /// <summary>Holds a bar against the venue's own.</summary>
    public void Compare(FollowedMarket market, Bar bar, Bar? expected)
    {
        if (expected is { } known && known != bar) Violate($"{Name(market)} gave the bar {bar}, the venue has {known}");
    }

    /// <summary>Holds a book that has not moved for long against the venue's present one.</summary>
    public void CompareOld(FollowedMarket market, ReferenceBook present, TimeSpan age)
    {
        if (Text(present) != BookHash.Text(market.Book.Book)) Violate($"{Name(market)} is VALID, and for {age.TotalSeconds:0.0} s it has not followed the venue");
    }
}
