using Mts.Core.Signals;
using Mts.Core.Trading;

namespace Mts.Engine.Execution.Orders;

/// <summary>Takes positions to the targets of signals at the opens of steps, over several of them where a bar's volume is too small.</summary>
internal sealed class SignalSteps(int instruments, Broker broker, RunContext context, SignalDesk signals, OrderFills fills, long latency)
{
    private readonly Signal?[] growing = new Signal?[instruments];
    private readonly Signal?[] shrinking = new Signal?[instruments];

    /// <summary>What is given up at this open, or reduced.</summary>
    public void GiveUp(Holding holding, double price, long time)
    {
        if (holding.Quantity == 0) return;
        var i = holding.Instrument;
        if (IsDue(holding, time) && holding.Pending!.Direction == holding.Direction) Repeat(holding, holding.Pending);
        var isOpposed = IsDue(holding, time) && holding.Pending!.Direction != holding.Direction;
        var reason = holding.Leaving ?? (isOpposed ? holding.Pending!.Why : time >= holding.ExpiresAt && shrinking[i] is null ? (Wording)"horizon" : null);
        if (reason is not null)
        {
            growing[i] = shrinking[i] = null;
            var before = holding.Quantity;
            broker.Close(holding, price, time, reason, most: fills.Left(i));
            fills.Use(i, holding.Quantity - before);
            // What the bar's volume does not take goes on at the next open.
            holding.Leaving = holding.Quantity == 0 ? null : reason;
        }
        else if (shrinking[i] is { } signal)
        {
            var before = holding.Quantity;
            var isDone = broker.Reduce(holding, signal, context.Funds(i), price, time, fills.Left(i));
            fills.Use(i, holding.Quantity - before);
            if (isDone || holding.Quantity == 0) shrinking[i] = null;
            if (holding.Quantity == 0) holding.Pending = null;
        }
    }

    // The same direction again is no order, unless it resizes.
    private void Repeat(Holding holding, Signal signal)
    {
        if (!signal.Resizes || holding.Leaving is not null) holding.Pending = null;
        else (shrinking[holding.Instrument], growing[holding.Instrument]) = (signal, null);
    }

    /// <summary>What is opened at this open, or added.</summary>
    public void Enter(Holding holding, double price, long time)
    {
        var i = holding.Instrument;
        if (holding.Leaving is not null) return;
        if (IsDue(holding, time))
        {
            var signal = holding.Pending!;
            (holding.Pending, growing[i]) = (null, null);
            if (signal.Direction == Direction.Flat || signal is { Resizes: true, PositionSize: 0 }) return;
            if (holding.Quantity != 0) holding.Adopt(signal, time);
            if (shrinking[i] is null) Reach(holding, signal, price, time);
        }
        else if (growing[i] is { } rest)
        {
            growing[i] = null;
            Reach(holding, rest, price, time);
        }
    }

    // What the bar's volume does not give is gone after at the opens that follow.
    private void Reach(Holding holding, Signal signal, double price, long time)
    {
        var (i, before, funds) = (holding.Instrument, holding.Quantity, context.Funds(holding.Instrument));
        var most = fills.Left(i);
        if (before == 0)
        {
            var why = broker.Open(holding, signal, funds, price, time, most);
            if (why is not null && (most is null || most >= broker.Lot(holding, time))) signals.Refuse(signal, why.Rule, why.Reason);
            else if (most is { } offered && offered - Int128.Abs(holding.Quantity) < broker.Lot(holding, time)) growing[i] = signal;
        }
        else
        {
            var lacking = broker.Increase(holding, signal, funds, price, time, most);
            if (most is not null && lacking - Int128.Abs(holding.Quantity - before) >= broker.Lot(holding, time)) growing[i] = signal;
        }

        fills.Use(i, holding.Quantity - before);
    }

    private bool IsDue(Holding holding, long time) => holding.Pending is { } signal && signal.Time.Micros + latency <= time;
}
