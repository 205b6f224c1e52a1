using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Core.Trading;

namespace Mts.Engine.Guards;

/// <summary>A strategy as it is, with its decisions written down and, where there is a veil, the future hidden from it.</summary>
internal sealed class WatchedStrategy(IStrategy inner, DecisionLog log, Veil? veil) : IStrategy, IStrategyContext, IOrderListener
{
    private readonly HashSet<int> ordered = [];
    private IStrategyContext context = null!;
    private Timestamp asked;
    private Timestamp now;

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
        now = asked = slice.Time;
        veil?.RevealBars(context);
        veil?.RevealKnown(now.Micros);
        log.Ask(now);
        if (ordered.Count > 0) Hold(in slice);
        inner.OnSlice(in slice, this);
    }

    public void OnOrder(OrderReport report, IStrategyContext context)
    {
        if (inner is not IOrderListener listener) return;
        // After the last slice, before the next: what has been filled since may be of another market already.
        now = new Timestamp(asked.Micros + 1);
        veil?.RevealBars(context);
        listener.OnOrder(report, this);
    }

    public double Equity(int instrument) => context.Equity(instrument);

    public PositionView Position(int instrument) => context.Position(instrument);

    public PastBars Past(int instrument) => veil is null ? context.Past(instrument) : veil.Past(instrument, context.Past(instrument));

    public PastBars Past(int instrument, Interval interval) => interval == Instruments[instrument].Key.Interval ? Past(instrument) : context.Past(instrument, interval);

    public bool HasClosed(int instrument, Interval interval) => context.HasClosed(instrument, interval);

    public ReadOnlySpan<FundingRate> Funding(int instrument) => context.Funding(instrument);

    public ReadOnlySpan<MacroObservation> Macro(string seriesId) => context.Macro(seriesId);

    public IReadOnlyList<WorkingOrder> Orders(int instrument) => context.Orders(instrument);

    public void Emit(Signal signal)
    {
        log.Decisions.Add(Decision.Of(signal));
        context.Emit(signal);
    }

    public long Submit(OrderRequest order)
    {
        ordered.Add(order.Instrument);
        log.Decisions.Add(new Decision(now, Name, order.Instrument, null, order));
        return context.Submit(order);
    }

    public bool Cancel(long orderId)
    {
        log.Decisions.Add(new Decision(now, Name, -1, null, null, orderId));
        return context.Cancel(orderId);
    }

    private void Hold(in MarketSlice slice)
    {
        foreach (var (instrument, _) in slice.Bars)
        {
            if (ordered.Contains(instrument)) log.Hold(new Speaker(instrument, Name), now, context.Position(instrument).Direction);
        }
    }
}
