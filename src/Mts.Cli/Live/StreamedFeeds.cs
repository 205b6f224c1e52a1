using System.Runtime.CompilerServices;
using Mts.Core.Feeds;

namespace Mts.Cli.Live;

/// <summary>Markets on feeds of their own, which run as long as somebody follows them.</summary>
/// <param name="session">Settings, clock and log.</param>
/// <param name="sources">Bars, funding and the requests beside the streams.</param>
/// <param name="withTops">Whether best prices are wanted.</param>
internal sealed class StreamedFeeds(Session session, Sources sources, bool withTops) : ILiveMarket
{
    public async IAsyncEnumerable<LiveInput> FollowAsync(IReadOnlyList<LiveSeries> series, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var plan = PlanOf(series);
        await MarketChecks.DemandListedAsync(session, sources, plan, cancellationToken);
        var market = new StreamedMarket(sources.Bars, sources.Funding, withTops, session.Clock, text => session.Output.Note($"warning: {text}"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var feeds = new LiveFeeds(session, sources, plan, new NoJournal(), market.Inbox);
        var running = RunAsync(feeds, market, stop.Token);
        try
        {
            await foreach (var input in market.FollowAsync(series, stop.Token)) yield return input;
        }
        finally
        {
            await stop.CancelAsync();
            await running;
        }
    }

    private static async Task RunAsync(LiveFeeds feeds, StreamedMarket market, CancellationToken cancellationToken)
    {
        try
        {
            await feeds.RunAsync(cancellationToken);
        }
        catch (Exception failure)
        {
            market.Inbox.Fail(failure);
        }
    }

    private StreamPlan PlanOf(IReadOnlyList<LiveSeries> series)
    {
        var feeds =
            from one in series
            group one.Key.Symbol by (one.Key.Venue, one.Key.Symbol.IsPerpetual) into market
            select new FeedPlan(market.Key.Venue, (market.Key.IsPerpetual ? MarketKind.Perpetual : MarketKind.Spot).ToText(), [.. market.Select(s => s.ToString()).Distinct(StringComparer.Ordinal)], ChannelsOf(market.Key.IsPerpetual), 50);
        return new StreamPlan { Seed = Environment.ProcessId, Feeds = [.. feeds], Options = session.Settings.Realtime.Feed };
    }

    private IReadOnlyList<string> ChannelsOf(bool isPerpetual) =>
        [.. new[] { (Channel.Bar, true), (Channel.Depth, withTops), (Channel.Mark, isPerpetual) }.Where(c => c.Item2).Select(c => c.Item1.ToString().ToLowerInvariant())];
}
