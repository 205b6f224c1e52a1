using Mts.Core.Feeds;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Engine.Sessions;
using Mts.Pipeline.Realtime;

namespace Mts.Cli.Live;

/// <summary>
/// Strategies on bars as they close. Without a clock: the time comes with the bars, and by <see cref="OnTime"/> where none come. A strategy
/// that fails is told of and left out; the others and the feeds go on.
/// </summary>
internal sealed class StrategyRunner
{
    private readonly StrategyRunnerPlan plan;
    private readonly ILiveSignalListener listener;
    private readonly List<StrategyRun> runs = [];
    private readonly SignalAggregator? aggregator;
    private readonly BarAssembly[] assemblies;
    private readonly Dictionary<(string Venue, MarketKind Kind, string Compact), int> numbers = [];

    /// <param name="plan">What runs.</param>
    /// <param name="catalog">Makes the strategies.</param>
    /// <param name="listener">Hears the signals.</param>
    /// <param name="threads">A thread for each strategy, so that one that hangs does not hold up the others; null calls them on the caller's.</param>
    /// <exception cref="ConfigurationException">Unknown strategy or parameter, or an interval that cannot be had.</exception>
    /// <exception cref="BacktestDataException">No strategy can run on these markets.</exception>
    public StrategyRunner(StrategyRunnerPlan plan, IStrategyCatalog catalog, ILiveSignalListener listener, Func<StrategyThread>? threads = null)
    {
        plan.Validate();
        (this.plan, this.listener) = (plan, listener);
        foreach (var use in plan.Strategies)
        {
            try
            {
                runs.Add(new StrategyRun(plan, use, catalog, threads?.Invoke()));
            }
            catch (BacktestDataException missing) when (runs.Count > 0 || use != plan.Strategies[^1])
            {
                listener.OnFault(use.Name, missing.Message, plan.Start);
            }
        }

        foreach (var run in runs) run.Start(listener);
        var names = runs.ConvertAll(r => r.Name);
        aggregator = names.Count > 1 ? new SignalAggregator(new AggregatorOptions { Rule = plan.Rule, Weights = AggregatorOptions.Equal(names) }, names) : null;
        assemblies = [.. plan.Instruments.Select(i => new BarAssembly(i.Key with { Interval = Interval.Minute }, plan.Interval))];
        for (var i = 0; i < plan.Instruments.Count; i++)
        {
            var key = plan.Instruments[i].Key;
            numbers[(key.Venue, key.Symbol.IsPerpetual ? MarketKind.Perpetual : MarketKind.Spot, key.Symbol.Compact)] = i;
        }
    }

    /// <summary>Bars of the past, of the plan's interval, one series per instrument in its order; before the first live bar.</summary>
    public void WarmUp(IReadOnlyList<BarSeries> past)
    {
        var bars = past.SelectMany((series, i) => Enumerable.Range(0, series.Length).Select(n => (Instrument: i, Bar: series[n])));
        foreach (var (instrument, bar) in bars.OrderBy(b => b.Bar.OpenTime).ThenBy(b => b.Instrument)) Push(new LiveBar(CloseOf(bar), instrument, bar, IsLate: true));
    }

    /// <summary>A one-minute bar has closed: from a feed, or from the store for the minutes of the bar under way.</summary>
    public void OnMinute(int instrument, in Bar minute, bool isLate, Timestamp received)
    {
        if (assemblies[instrument].Add(minute) is { } bar) Push(new LiveBar(received, instrument, bar, isLate));
    }

    /// <summary>The same by market; one that no strategy runs on is passed over.</summary>
    public void OnBar(FollowedMarket market, in Bar bar, bool isLate, Timestamp received)
    {
        if (numbers.TryGetValue((market.Venue, market.Kind, market.Symbol.Compact), out var instrument)) OnMinute(instrument, bar, isLate, received);
    }

    /// <summary>A macro observation has become known to us; strategies see it from its known time on.</summary>
    public void OnMacro(string seriesId, MacroObservation observation, Timestamp received) => Push(new LiveMacro(received, seriesId, observation));

    /// <summary>It is later now: an instant that waits for the bar of a silent market is decided without it.</summary>
    public void OnTime(Timestamp now) => Push(new LiveClock(now));

    /// <summary>What a live market of the plan's series brings, bars of the plan's interval.</summary>
    public void OnInput(LiveInput input) => Push(input);

    private void Push(LiveInput input)
    {
        var changed = new HashSet<int>();
        foreach (var run in runs) changed.UnionWith(run.Push(input, listener));
        if (aggregator is null || changed.Count == 0) return;
        var views = runs.SelectMany(r => r.Standing.Values)
            .Where(s => changed.Contains(s.Instrument) && (s.Horizon is not { } horizon || s.Time + horizon > input.Received)).ToList();
        foreach (var decision in aggregator.Aggregate(views)) listener.OnDecision(decision, input.Received);
    }

    private Timestamp CloseOf(in Bar bar) => bar.OpenTime + plan.Interval.Length;
}
