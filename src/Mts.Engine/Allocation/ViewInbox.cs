using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Core.Trading;

namespace Mts.Engine.Allocation;

/// <summary>What a strategy sees of its run while somebody else sizes its positions: everything, but its signals end here.</summary>
internal sealed class ViewInbox : IStrategyContext
{
    private IStrategyContext? run;

    public List<Signal> Signals { get; } = [];

    public IReadOnlyList<RunInstrument> Instruments => Run.Instruments;

    public IReadOnlyList<Fill> Fills => Run.Fills;

    private IStrategyContext Run => run ?? throw new InvalidOperationException("There is no run yet.");

    public ViewInbox Of(IStrategyContext context)
    {
        run = context;
        return this;
    }

    public double Equity(int instrument) => Run.Equity(instrument);

    public PositionView Position(int instrument) => Run.Position(instrument);

    public PastBars Past(int instrument) => Run.Past(instrument);

    public PastBars Past(int instrument, Interval interval) => Run.Past(instrument, interval);

    public bool HasClosed(int instrument, Interval interval) => Run.HasClosed(instrument, interval);

    public ReadOnlySpan<FundingRate> Funding(int instrument) => Run.Funding(instrument);

    public ReadOnlySpan<MacroObservation> Macro(string seriesId) => Run.Macro(seriesId);

    public void Emit(Signal signal) => Signals.Add(signal);

    /// <exception cref="StrategyException">Always.</exception>
    public long Submit(OrderRequest order) => throw new StrategyException("a strategy that gives orders sizes them itself; run it without --allocate.");
}
