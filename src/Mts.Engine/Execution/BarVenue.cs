using Mts.Core.Signals;
using Mts.Engine.Charges;
using Mts.Engine.Execution.Orders;

namespace Mts.Engine.Execution;

/// <summary>Fills at the open of the next bar; stops and targets inside it.</summary>
internal sealed class BarVenue(Holding[] holdings, Broker broker, RunContext context, SignalDesk desk, OrderDesk orders, Func<BarSteps> makeSteps, Liquidations? liquidations) : ExecutionVenue
{
    private BarSteps? steps;

    public override int Trade(ReadOnlySpan<int> instruments, BarCursor[] cursors, long now)
    {
        if (orders.IsBusy) return (steps ??= makeSteps()).Trade(instruments, cursors, now);
        if (liquidations is not null)
        {
            liquidations.Begin(now);
            foreach (var i in instruments) liquidations.AtOpen(holdings[i], cursors[i].Bar);
        }

        // What is given up comes first, so that its cash is there for what is bought.
        foreach (var i in instruments)
        {
            if (holdings[i].IsBusy) GiveUp(holdings[i], cursors[i].Bar.Open, now);
        }

        foreach (var i in instruments)
        {
            if (holdings[i].Pending is not null) Enter(holdings[i], cursors[i].Bar.Open, now);
        }

        var held = 0;
        foreach (var i in instruments)
        {
            if (holdings[i].Quantity == 0) continue;
            held++;
            if (liquidations is null ? holdings[i].HasEnd : !liquidations.Inside(holdings[i], cursors[i].Bar)) IntrabarExits.Act(holdings[i], cursors[i].Bar, broker);
        }

        return held;
    }

    private void GiveUp(Holding holding, double price, long now)
    {
        if (holding.Quantity == 0) return;
        if (holding.Pending is { } signal && signal.Direction != holding.Direction)
        {
            broker.Close(holding, price, now, signal.Why);
            return;
        }

        if (holding.Pending is { Resizes: true } resizing)
        {
            broker.Reduce(holding, resizing, context.Funds(holding.Instrument), price, now);
            if (holding.Quantity == 0) holding.Pending = null;
            return;
        }

        // The same direction again is no order, also where the position ends at this open.
        holding.Pending = null;
        if (now >= holding.ExpiresAt) broker.Close(holding, price, now, "horizon");
    }

    private void Enter(Holding holding, double price, long now)
    {
        if (holding.Pending is not { } signal) return;
        holding.Pending = null;
        if (signal.Direction == Direction.Flat || signal is { Resizes: true, PositionSize: 0 }) return;
        if (holding.Quantity != 0)
        {
            broker.Increase(holding, signal, context.Funds(holding.Instrument), price, now);
            holding.Adopt(signal, now);
        }
        else if (broker.Open(holding, signal, context.Funds(holding.Instrument), price, now) is { } why)
        {
            desk.Refuse(signal, why.Rule, why.Reason);
        }
    }
}
