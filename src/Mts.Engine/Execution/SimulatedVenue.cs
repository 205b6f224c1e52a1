using Mts.Core.Signals;

namespace Mts.Engine.Execution;

/// <summary>Where targets meet prices: what is given up, what is entered, and when.</summary>
internal abstract class SimulatedVenue(Holding[] holdings, Broker broker, RunContext context, SignalDesk desk)
{
    protected Holding[] Holdings => holdings;

    protected Broker Broker => broker;

    protected SignalDesk Desk => desk;

    /// <summary>Bars have opened, and for some of their instruments something waits or may end.</summary>
    /// <param name="instruments">Those whose bars opened.</param>
    /// <param name="cursors">Each at its open bar.</param>
    /// <param name="now">When.</param>
    /// <returns>How many of the instruments are held after the open.</returns>
    public abstract int Trade(ReadOnlySpan<int> instruments, BarCursor[] cursors, long now);

    protected void GiveUp(Holding holding, double price, long now)
    {
        if (holding.Quantity == 0) return;
        if (holding.Pending is { } signal && signal.Direction != holding.Direction)
        {
            broker.Close(holding, price, now, signal.Reason);
            return;
        }

        // The same direction again is no order, also where the position ends at this open.
        holding.Pending = null;
        if (now >= holding.ExpiresAt) broker.Close(holding, price, now, "horizon");
    }

    protected void Enter(Holding holding, double price, long now)
    {
        if (holding.Pending is not { } signal) return;
        holding.Pending = null;
        if (signal.Direction == Direction.Flat) return;
        if (!broker.Open(holding, signal, context.Funds(holding.Instrument), price, now)) desk.Refuse(signal, "lot", "its size does not buy one lot");
    }
}
