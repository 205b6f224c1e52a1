using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Engine.Sessions;

/// <summary>The strategies of a session that are given up, each from its instant on.</summary>
/// <param name="givenUp">Who, from when, and why.</param>
/// <param name="now">The instant of the run.</param>
/// <param name="retraction">With which confidence a strategy takes back what it said of an instrument; null where it has said nothing.</param>
internal sealed class Departures(IReadOnlyList<StrategyGivenUp> givenUp, Func<Timestamp> now, Func<int, string, double?> retraction)
{
    private readonly List<StrategyGivenUp> ahead = [.. givenUp];

    /// <summary>The strategy, so that it leaves when its instant comes.</summary>
    public IStrategy Watch(IStrategy strategy) =>
        ahead.Find(e => e.Strategy == strategy.Name) is { } end ? new RetiringStrategy(strategy, end, now, i => retraction(i, strategy.Name)) : strategy;

    /// <summary>Those who have left by an instant, in Unix microseconds, each once.</summary>
    public IReadOnlyList<StrategyGivenUp> TakeUntil(long instant)
    {
        var left = ahead.FindAll(e => e.From.Micros <= instant);
        ahead.RemoveAll(left.Contains);
        return left;
    }
}
