namespace Mts.Engine.Execution;

/// <summary>Fills at the open of the next bar; stops and targets inside it.</summary>
internal sealed class BarVenue(Holding[] holdings, Broker broker, RunContext context, SignalDesk desk) : SimulatedVenue(holdings, broker, context, desk)
{
    public override int Trade(ReadOnlySpan<int> instruments, BarCursor[] cursors, long now)
    {
        // What is given up comes first, so that its cash is there for what is bought.
        foreach (var i in instruments) GiveUp(Holdings[i], cursors[i].Bar.Open, now);
        foreach (var i in instruments) Enter(Holdings[i], cursors[i].Bar.Open, now);
        var held = 0;
        foreach (var i in instruments)
        {
            if (Holdings[i].Quantity == 0) continue;
            held++;
            IntrabarExits.Act(Holdings[i], cursors[i].Bar, Broker);
        }

        return held;
    }
}
