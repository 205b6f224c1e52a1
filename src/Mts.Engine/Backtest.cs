using Mts.Core;
using Mts.Core.Ports;
using Mts.Core.Risk;
using Mts.Core.Signals;
using Mts.Engine.Charges;

namespace Mts.Engine;

/// <summary>Judges strategies on the past. The same inputs give the same result, byte for byte.</summary>
public static class Backtest
{
    /// <param name="inputs">The data.</param>
    /// <param name="strategies">One, or several that meet in the aggregator.</param>
    /// <param name="aggregator">Required for several strategies, not used for one.</param>
    /// <param name="risk">Limits; null for none.</param>
    /// <param name="options">Costs and rules.</param>
    /// <param name="labels">How the run names itself in its result.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <param name="progress">Told where the run is; null for nobody.</param>
    /// <exception cref="BacktestDataException">The data does not cover the range, has holes, or lacks what a strategy needs.</exception>
    /// <exception cref="StrategyException">A strategy threw or gave an impossible signal.</exception>
    public static BacktestResult Run(
        BacktestInputs inputs, IReadOnlyList<IStrategy> strategies, SignalAggregator? aggregator, RiskPolicy? risk,
        BacktestOptions options, RunLabels labels, CancellationToken cancellationToken, RunProgress? progress = null)
    {
        options.Validate();
        if (strategies.Count > 1 && aggregator is null) throw new ArgumentException("Several strategies need an aggregator.", nameof(aggregator));
        var warnings = new List<string>(labels.Warnings);
        InputChecks.Check(inputs, strategies, options, warnings);
        var parts = RunParts.Of(inputs, strategies, strategies.Count > 1 ? aggregator : null, risk, options);
        var loop = new EventLoop(parts);
        progress?.Follow(loop);
        loop.Run(cancellationToken);
        if (parts.Curve.RuinedAt is { } ruin) warnings.Add(RunOutcome.Ruin(ruin));
        warnings.AddRange(CostWarnings.Of(parts, inputs, options));
        foreach (var holding in parts.Holdings.Where(h => parts.Finer.Missing[h.Instrument] > 0))
            warnings.Add($"{parts.SymbolOf(holding)}: {parts.Finer.Missing[holding.Instrument]} bars without all of their bars of {options.Execution.Finer}; they were taken as they are");
        foreach (var waiting in parts.Holdings.Where(h => h.Pending is { } p && (p.Resizes || p.Direction != h.Direction)))
            warnings.Add($"{parts.SymbolOf(waiting)}: the signal {waiting.Pending!.Direction.ToString().ToUpperInvariant()} of the last bar was not executed; there is no next bar");
        return RunOutcome.Of(parts, loop, inputs, options, BacktestRun.Of(inputs, strategies, options, labels, risk?.Options, strategies.Count > 1 ? aggregator?.Options : null), warnings) with { Quality = labels.Quality };
    }
}
