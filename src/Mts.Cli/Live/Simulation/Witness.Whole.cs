using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;
using Mts.Simulator.Live;

namespace Mts.Cli.Live.Simulation;

/// <content>What must be so at the end.</content>
internal sealed partial class Witness
{
    // A bar whose message is lost is missed when the next one closes.
    private static readonly TimeSpan TwoBars = TimeSpan.FromMinutes(2);

    private readonly HashSet<FollowedMarket> valid = [];

    /// <summary>All closed bars that were given.</summary>
    public List<(FollowedMarket Market, Bar Bar)> Bars { get; } = [];

    /// <summary>Notes which books are valid.</summary>
    public void NoteValid(IEnumerable<VenueFeed> feeds)
    {
        foreach (var feed in feeds)
        {
            foreach (var market in feed.Markets)
            {
                if (market.Book.State == BookState.Valid) valid.Add(market);
            }
        }
    }

    /// <summary>After a time without faults every book has been valid again, and nothing is missing any more of what was missing before.</summary>
    /// <remarks>Connections end without a fault, so a book may be just beginning anew.</remarks>
    public void Recovered(IEnumerable<VenueFeed> feeds, Timestamp before)
    {
        foreach (var feed in feeds)
        {
            foreach (var market in feed.Markets.Where(m => !valid.Contains(m))) Violate($"{Name(market)} is still {market.Book.State} long after the last fault");
            foreach (var gap in feed.OpenGaps.Where(g => g.Start < before - (g.Channel == Channel.Bar ? TwoBars : TimeSpan.Zero))) Violate($"{gap.Venue} {gap.Symbol} {gap.Channel} still has a gap ({gap.Cause}) long after the last fault");
        }
    }

    /// <summary>Where the venue numbers its trades and no gap is open, none is missing between the first and the last.</summary>
    public void Whole(IEnumerable<VenueFeed> feeds)
    {
        var open = feeds.SelectMany(f => f.OpenGaps.Where(g => g.Channel == Channel.Trade).Select(g => (g.Venue, f.Market, g.Symbol.ToString()))).Concat(givenUp).ToHashSet();
        foreach (var (key, given) in trades.Where(t => t.Key.Item1 == "binance" && !open.Contains(t.Key)))
        {
            var missing = given.Max() - given.Min() + 1 - (UInt128)given.Count;
            if (missing > 0) Violate($"{key.Item1} {key.Item3} lacks {missing} trades");
        }
    }

    /// <summary>Whatever the venue traded some time ago was given, where nothing was disturbed lately and nothing is told to be missing.</summary>
    /// <param name="feed">The market's.</param>
    /// <param name="market">One with several trades a second.</param>
    /// <param name="venueTrades">The venue's newest.</param>
    /// <param name="now">By our clock.</param>
    /// <param name="patience">How soon a missing trade must be known.</param>
    public void Traded(VenueFeed feed, FollowedMarket market, IReadOnlyList<(UInt128 Id, Timestamp Time)> venueTrades, Timestamp now, TimeSpan patience)
    {
        var key = (market.Venue, market.Kind, market.SymbolText);
        if (givenUp.Contains(key) || feed.OpenGaps.Any(g => g.Channel == Channel.Trade && g.Symbol == market.Symbol)) return;
        if (now - disturbed.GetValueOrDefault((market.Venue, market.Kind)) < patience || !trades.TryGetValue(key, out var given)) return;
        var known = venueTrades.Where(t => given.Contains(t.Id)).Select(t => t.Time).ToList();
        if (known.Count < 10 || venueTrades.Max(t => t.Time) is var newest && newest < known.Min() + patience) return;
        var since = market.Venue == "bybit" && lookedThrough.TryGetValue(key, out var before) && before > known.Min() ? before : known.Min();
        var earlier = givenBefore.GetValueOrDefault(key);
        var missing = venueTrades.Count(t => t.Time > since && t.Time < newest - patience && !given.Contains(t.Id) && earlier?.Contains(t.Id) != true);
        if (missing > 0) Violate($"{Name(market)} lacks {missing} trades of the venue, and nothing tells of it");
    }

    /// <summary>Holds a bar against the venue's own, unless it is told that the venue closed it twice.</summary>
    public void Compare(FollowedMarket market, Bar bar, Bar? expected)
    {
        if (contested.Contains((market.Venue, market.Kind, market.SymbolText, bar.OpenTime))) return;
        if (expected is { } known && known != bar) Violate($"{Name(market)} gave the bar {bar}, the venue has {known}");
    }

    /// <summary>Holds a book that has not moved for long against the venue's present one.</summary>
    public void CompareOld(FollowedMarket market, ReferenceBook present, TimeSpan age)
    {
        if (Text(present) != BookHash.Text(market.Book.Book)) Violate($"{Name(market)} is VALID, and for {age.TotalSeconds:0.0} s it has not followed the venue");
    }
}
