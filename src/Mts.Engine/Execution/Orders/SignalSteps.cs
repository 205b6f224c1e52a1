using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;

namespace Mts.Engine.Execution.Orders;

/// <summary>Takes positions to the targets of signals at the opens of steps, over several of them where a bar's volume is too small.</summary>
internal sealed class SignalSteps(int instruments, Broker broker, RunContext context, SignalDesk signals, OrderFills fills, long latency)
{
    private readonly SignalQueue[] queues = [.. Enumerable.Range(0, instruments).Select(_ => new SignalQueue(latency))];
    private readonly Signal?[] growing = new Signal?[instruments];
    private readonly Signal?[] shrinking = new Signal?[instruments];

    /// <summary>The direction that is to be entered or added to now; null for none.</summary>
    public Direction? Wanted(int instrument) => (queues[instrument].Due ?? growing[instrument])?.Direction;

    /// <summary>What is given up at this open, or reduced.</summary>
    public void GiveUp(Holding holding, double price, long time)
    {
        var i = holding.Instrument;
        queues[i].Arrive(holding, time);
        // What has been stopped out, or turned by an order, is not gone on with.
        if (growing[i] is { } rest && holding.Direction != rest.Direction && !(holding.Quantity == 0 && queues[i].IsUntouched)) growing[i] = null;
        if (holding.Quantity == 0) return;
        var due = queues[i].Due;
        if (due?.Direction == holding.Direction) due = Repeat(i, due, holding.Leaving is not null);
        var isOver = time >= holding.ExpiresAt && shrinking[i] is null;
        var reason = holding.Leaving ?? (due is not null && due.Direction != holding.Direction ? due.Why : isOver ? (Wording)"horizon" : null);
        if (reason is not null) Leave(holding, price, time, reason);
        else if (shrinking[i] is { } signal) Shrink(holding, signal, price, time);
    }

    /// <summary>What is opened at this open, or added.</summary>
    public void Enter(Holding holding, double price, long time)
    {
        var i = holding.Instrument;
        var due = queues[i].Due;
        if (due is not null && holding.Quantity != 0 && due.Direction != holding.Direction && holding.Leaving is null) Leave(holding, price, time, due.Why); // an order turned it at this open
        if (holding.Leaving is null && due is not null)
        {
            queues[i].Done();
            growing[i] = null;
            if (due.Direction != Direction.Flat && due is not { Resizes: true, PositionSize: 0 }) Begin(holding, due, price, time);
        }
        else if (holding.Leaving is null && growing[i] is { } rest)
        {
            growing[i] = null;
            Reach(holding, rest, price, time);
        }

        holding.Pending = queues[i].Newest;
    }

    // The same direction again is no order, unless it resizes.
    private Signal? Repeat(int i, Signal signal, bool isLeaving)
    {
        if (signal.Resizes && !isLeaving)
        {
            (shrinking[i], growing[i]) = (signal, null);
            return signal;
        }

        queues[i].Done();
        return null;
    }

    // What the bar's volume does not take goes on at the next open.
    private void Leave(Holding holding, double price, long time, Wording reason)
    {
        var (i, before) = (holding.Instrument, holding.Quantity);
        growing[i] = shrinking[i] = null;
        broker.Close(holding, price, time, reason, most: fills.Left(i));
        fills.Use(i, holding.Quantity - before);
        holding.Leaving = holding.Quantity == 0 ? null : reason;
    }

    private void Shrink(Holding holding, Signal signal, double price, long time)
    {
        var (i, before) = (holding.Instrument, holding.Quantity);
        var isDone = broker.Reduce(holding, signal, context.Funds(i), price, time, fills.Left(i));
        fills.Use(i, holding.Quantity - before);
        if (isDone || holding.Quantity == 0) shrinking[i] = null;
        if (holding.Quantity == 0 && ReferenceEquals(queues[i].Due, signal)) queues[i].Done();
    }

    private void Begin(Holding holding, Signal signal, double price, long time)
    {
        queues[holding.Instrument].IsUntouched = holding.Quantity == 0;
        if (holding.Quantity != 0) holding.Adopt(signal, time);
        if (shrinking[holding.Instrument] is null) Reach(holding, signal, price, time);
    }

    // What the bar's volume does not give is gone after at the opens that follow.
    private void Reach(Holding holding, Signal signal, double price, long time)
    {
        var (i, before, funds) = (holding.Instrument, holding.Quantity, context.Funds(holding.Instrument));
        var most = fills.Left(i);
        if (before == 0)
        {
            var why = broker.Open(holding, signal, funds, price, time, most);
            if (why is not null && (most is null || most >= broker.Sizing.Lot(holding, time))) signals.Refuse(signal, why.Rule, why.Reason);
            else if (most is { } offered && offered - WideInt.Abs(holding.Quantity) < broker.Sizing.Lot(holding, time)) growing[i] = signal;
        }
        else
        {
            var lacking = broker.Increase(holding, signal, funds, price, time, most);
            if (most is not null && lacking - WideInt.Abs(holding.Quantity - before) >= broker.Sizing.Lot(holding, time)) growing[i] = signal;
        }

        queues[i].IsUntouched &= holding.Quantity == 0;
        fills.Use(i, holding.Quantity - before);
    }
}
