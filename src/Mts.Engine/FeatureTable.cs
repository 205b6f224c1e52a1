using Mts.Core;
using Mts.Core.Features;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Engine;

/// <param name="knownTime">When the row could first be acted on: the close of the bar.</param>
/// <param name="instrument">Whose.</param>
/// <param name="values">In the order of the plan's columns; valid during the call.</param>
public delegate void FeatureRow(Timestamp knownTime, RunInstrument instrument, ReadOnlySpan<double?> values);

/// <summary>Tables to learn from: at every close of a bar what a strategy would have known then. The event loop itself makes them, so that nothing can be in them that a strategy could not see.</summary>
public static class FeatureTable
{
    /// <param name="inputs">The data; bars before the start warm the figures up and have no rows.</param>
    /// <param name="plan">The figures.</param>
    /// <param name="allowGaps">Goes over holes and says so.</param>
    /// <param name="row">Called in order of time, then of the instruments.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Warnings.</returns>
    /// <exception cref="BacktestDataException">The data does not cover the range, has holes, or lacks what a figure needs.</exception>
    public static IReadOnlyList<string> Make(BacktestInputs inputs, FeaturePlan plan, bool allowGaps, FeatureRow row, CancellationToken cancellationToken)
    {
        var (warnings, options, watcher) = (new List<string>(), new BacktestOptions { AllowGaps = allowGaps }, new Watcher(plan, inputs.Start, row));
        InputChecks.Check(inputs, [watcher], options, warnings);
        new EventLoop(RunParts.Of(inputs, [watcher], null, null, options)).Run(cancellationToken);
        return warnings;
    }

    private sealed class Watcher(FeaturePlan plan, Timestamp start, FeatureRow row) : IStrategy
    {
        private FeatureSet[] sets = [];

        public string Name => "features";

        public StrategyNeeds Needs => plan.Needs;

        public void OnStart(IStrategyContext context) => sets = [.. context.Instruments.Select((instrument, i) => plan.Begin(i, instrument.Key.Interval))];

        public void OnSlice(in MarketSlice slice, IStrategyContext context)
        {
            foreach (var (instrument, bar) in slice.Bars)
            {
                var values = sets[instrument].Update(bar, context);
                if (slice.Time > start) row(slice.Time, context.Instruments[instrument], values);
            }
        }
    }
}
