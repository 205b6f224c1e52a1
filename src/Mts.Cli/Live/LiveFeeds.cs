using Microsoft.Extensions.Logging;
using Mts.Adapters.Streams;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;
using Mts.Pipeline.Realtime.Shell;

namespace Mts.Cli.Live;

/// <summary>The feeds of a plan on real sockets.</summary>
internal sealed class LiveFeeds : IDisposable
{
    private readonly StreamPlan plan;
    private readonly LiveSession live;
    private readonly List<VenueFeed> feeds = [];

    /// <param name="session">Settings, clock and log.</param>
    /// <param name="sources">Requests beside the streams.</param>
    /// <param name="plan">What to follow.</param>
    /// <param name="journal">Takes every input first.</param>
    /// <param name="tap">Takes what comes out.</param>
    public LiveFeeds(Session session, Sources sources, StreamPlan plan, IFeedJournal journal, IMarketTap tap)
    {
        this.plan = plan;
        live = new LiveSession(journal, session.Clock, new LiveOptions(), session.Loggers.CreateLogger("Mts.Realtime"));
        for (var i = 0; i < plan.Feeds.Count; i++)
        {
            var (number, feed) = (i, plan.Feeds[i]);
            var name = $"{feed.Venue} {feed.Market}";
            live.Add(
                name, Sources.StreamAddress(session, feed.Venue, VenueProtocols.Market(feed.Market)), new WebSocketTransport(name, new StreamOptions(), session.Clock),
                sources.Fetch(feed.Venue), shell => new VenueFeedInputs(Keep(plan.Feed(number, shell, tap))));
        }
    }

    public IReadOnlyList<VenueFeed> Feeds => feeds;

    /// <summary>Runs until it is cancelled.</summary>
    /// <exception cref="JournalHoleException">Inputs are missing in the journal, and it takes them again: other feeds are to go on.</exception>
    public Task RunAsync(CancellationToken cancellationToken) => live.RunAsync(plan.ToBytes(), cancellationToken);

    /// <summary>Looks at the feeds while none of them moves.</summary>
    public void Look(Action look) => live.Look(look);

    public void Dispose() => live.Dispose();

    private VenueFeed Keep(VenueFeed feed)
    {
        feeds.Add(feed);
        return feed;
    }
}
