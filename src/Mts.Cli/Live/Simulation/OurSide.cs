using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;
using Mts.Pipeline.Spreads;

namespace Mts.Cli.Live.Simulation;

/// <summary>One process of ours in a simulated world: the feeds, what is made of them, and the strategies, all driven by the same inputs.</summary>
/// <param name="Feeds">In the order of the inputs' numbers.</param>
/// <param name="Analysis">Spreads, opportunities and signals of the moment.</param>
/// <param name="Runner">Strategies on closed bars.</param>
internal sealed record OurSide(IReadOnlyList<VenueFeed> Feeds, MarketAnalysis Analysis, StrategyRunner Runner)
{
    public IEnumerable<FollowedMarket> Markets => Feeds.SelectMany(f => f.Markets);

    public void Take(in FeedInput input, ReadOnlySpan<byte> bytes)
    {
        if (input.Kind == FeedInputKind.Started) Feeds[input.Feed].Start(input.Time);
        else Feeds[input.Feed].OnInput(input, bytes);
        if (input.Kind != FeedInputKind.Timer) return;
        Analysis.OnTime(input.Time);
        Runner.OnTime(input.Time);
    }
}
