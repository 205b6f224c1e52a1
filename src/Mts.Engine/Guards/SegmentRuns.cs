using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Risk;
using Mts.Core.Signals;

namespace Mts.Engine.Guards;

/// <summary>Runs the strategies over one segment, each time made anew, on the engine of the backtest.</summary>
internal sealed class SegmentRuns
{
    private readonly GuardedRun run;
    private readonly GuardSegment segment;
    private readonly Disguise disguise;
    private readonly SideVeil?[] finer;
    private readonly SideVeil?[] marks;
    private readonly CancellationToken cancellationToken;

    public SegmentRuns(GuardedRun run, GuardSegment segment, Disguise disguise, CancellationToken cancellationToken)
    {
        (this.run, this.segment, this.disguise, this.cancellationToken) = (run, segment, disguise, cancellationToken);
        Stretches = [.. run.Inputs.Instruments.Select(i => new Stretch(i.Series, segment, disguise))];
        finer = [.. run.Inputs.Instruments.Select(i => Side(i.Finer))];
        marks = [.. run.Inputs.Instruments.Select(i => Side(i.Marks))];

        SideVeil? Side(BarSeries? series) => series is null ? null : new SideVeil(series, segment);
    }

    public Stretch[] Stretches { get; }

    /// <summary>As the run was, begun at the segment's first bar.</summary>
    public DecisionLog Plain() => Run(Cut(isDiverted: false), null);

    /// <summary>The same with the future hidden; where the bars are, from the segment's turn on in another market.</summary>
    public DecisionLog Veiled(Hidden what)
    {
        var inputs = Cut(what.HasFlag(Hidden.Bars));
        using var veil = new Veil(what, run.Inputs, segment, Stretches, [.. finer.Concat(marks).OfType<SideVeil>()], disguise);
        return Run(inputs, veil);
    }

    // The engine reads copies: a bar is filled in before its close, and the run's own data may be hidden.
    private BacktestInputs Cut(bool isDiverted) => run.Inputs with
    {
        Instruments = [.. run.Inputs.Instruments.Select((d, i) => d with
        {
            Series = isDiverted ? Stretches[i].Diverted : Stretches[i].Truth,
            Finer = isDiverted ? finer[i]?.Diverted : finer[i]?.Truth,
            Marks = isDiverted ? marks[i]?.Diverted : marks[i]?.Truth,
            Funding = d.Funding is { } rates ? [.. rates] : null,
        })],
        Macro = run.Inputs.Macro.ToDictionary(m => m.Key, IReadOnlyList<MacroObservation> (m) => [.. m.Value]),
        Start = new Timestamp(Math.Max(run.Inputs.Start.Micros, segment.Start.Micros)),
        End = segment.Until,
    };

    private DecisionLog Run(BacktestInputs inputs, Veil? veil)
    {
        var log = new DecisionLog(inputs.Start, segment.Turn);
        var now = inputs.Start;
        try
        {
            var strategies = run.Make().Select(IStrategy (s) => new WatchedStrategy(s, log, veil)).ToList();
            var loop = new EventLoop(RunParts.Of(inputs, strategies, strategies.Count > 1 ? run.Aggregator : null, run.Risk, run.Options));
            try
            {
                run.Progress?.Follow(loop);
                loop.Run(cancellationToken);
            }
            finally
            {
                now = new Timestamp(loop.Now);
            }
        }
        // Whatever it throws is a decision that the other run did not make.
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            log.Fault = (now, failed.Message);
        }

        return log;
    }
}
