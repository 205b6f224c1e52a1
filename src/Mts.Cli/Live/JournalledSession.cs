using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;
using Mts.Storage.Files.Recordings;

namespace Mts.Cli.Live;

/// <summary>Builds the feeds of our own journal again, from its plan, and gives them the same inputs.</summary>
/// <param name="tap">Takes what comes out.</param>
internal sealed class JournalledSession(IMarketTap tap)
{
    private StreamPlan? plan;
    private List<VenueFeed> feeds = [];

    /// <summary>Feeds of the newest session in the journal.</summary>
    public IReadOnlyList<VenueFeed> Feeds => feeds;

    /// <summary>Sessions begun: one for each start of the program.</summary>
    public int Sessions { get; private set; }

    /// <summary>Inputs that the journal says are missing: the disk did not take them.</summary>
    public long Missing { get; private set; }

    /// <summary>Inputs before the first session: the segment with the beginning of theirs was deleted, as retention does.</summary>
    public long Skipped { get; private set; }

    /// <exception cref="StorageException">The journal speaks of a feed that its session does not have.</exception>
    public void Take(in FeedInput input, ReadOnlySpan<byte> bytes)
    {
        if (input.Kind == FeedInputKind.Missing)
        {
            Missing += input.Value;
        }
        else if (plan is null && input is not { Kind: FeedInputKind.Started, Feed: 0 })
        {
            Skipped++;
        }
        else if (input.Kind == FeedInputKind.Started)
        {
            if (input.Feed == 0) Begin(StreamPlan.Read(bytes));
            FeedOf(input).Start(input.Time);
        }
        else
        {
            FeedOf(input).OnInput(input, bytes);
        }
    }

    private void Begin(StreamPlan next)
    {
        Sessions++;
        plan = next;
        feeds = [.. Enumerable.Range(0, plan.Feeds.Count).Select(i => plan.Feed(i, SilentShell.Instance, tap))];
    }

    private VenueFeed FeedOf(in FeedInput input) => input.Feed < feeds.Count
        ? feeds[input.Feed]
        : throw new StorageException($"the journal speaks of feed {input.Feed}, and its session has {feeds.Count}.");
}
