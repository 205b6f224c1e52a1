using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;
using Mts.Storage.Cache.Live;

namespace Mts.Cli.Live;

/// <summary>Hands the state of each connection to the cache: when it has changed, and again long before it would be forgotten there.</summary>
internal sealed class ConnectionEntries(MarketCache cache) : QuietTap
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(2);

    private readonly Dictionary<(string Venue, MarketKind Market, int Connection), string> troubles = [];
    private Timestamp? renewed;

    public override void OnConnection(ConnectionNote note)
    {
        renewed = null;
        if (note.Stream is null) troubles[(note.Venue, note.Market, note.Connection)] = note.State;
    }

    /// <summary>To be called some times a second, while the feeds stand still.</summary>
    public void Look(IReadOnlyList<VenueFeed> feeds, Timestamp now)
    {
        if (renewed is { } last && now - last < RenewEvery) return;
        renewed = now;
        Put(feeds, now, isOver: false);
    }

    /// <summary>The session ends.</summary>
    public void Close(IReadOnlyList<VenueFeed> feeds, Timestamp now) => Put(feeds, now, isOver: true);

    private void Put(IReadOnlyList<VenueFeed> feeds, Timestamp now, bool isOver)
    {
        foreach (var feed in feeds)
        {
            foreach (var one in feed.Connections)
            {
                var state = isOver ? "closed" : one.IsOpen ? "open" : troubles.GetValueOrDefault((feed.Venue, feed.Market, one.Connection), "connecting");
                cache.Put(new SessionEntry(feed.Venue, $"{feed.Market.ToText()}-{one.Connection}", now, state, one.Epoch, isOver ? [] : one.Subscriptions, one.LastMessage));
            }
        }
    }
}
