using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Core.Trading;

namespace Mts.Engine.Guards;

/// <summary>A strategy as it is, with its decisions written down and, where there is a veil, the future hidden from it.</summary>
internal sealed class WatchedStrategy(IStrategy inner, DecisionLog log, Veil? veil) : IStrategy, IStrategyContext
{
    private IStrategyContext context = null!;

    public string Name => inner.Name;

    public StrategyNeeds Needs => inner.Needs;

    public IReadOnlyList<RunInstrument> Instruments => context.Instruments;

    public IReadOnlyList<Fill> Fills => context.Fills;

    public void OnStart(IStrategyContext context)
    {
        this.context = context;
        inner.OnStart(this);
    }

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        veil?.Reveal(in slice);
        log.Ask(slice.Time);
        inner.OnSlice(in slice, this);
    }

    public double Equity(int instrument) => context.Equity(instrument);

    public PositionView Position(int instrument) => context.Position(instrument);

    public PastBars Past(int instrument) => veil is null ? context.Past(instrument) : veil.Past(instrument, context.Past(instrument));

    public ReadOnlySpan<MacroObservation> Macro(string seriesId) => context.Macro(seriesId);

    public void Emit(Signal signal)
    {
        log.Signals.Add(signal);
        context.Emit(signal);
    }
}
