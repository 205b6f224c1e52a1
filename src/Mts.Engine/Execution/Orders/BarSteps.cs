using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine.Charges;

namespace Mts.Engine.Execution.Orders;

/// <summary>Bars with orders, finer bars, a share of the volume or latency: step by step, at each first what the open decides over all instruments, then what happens inside each bar.</summary>
internal sealed class BarSteps(Holding[] holdings, Broker broker, RunContext context, SignalDesk signals, OrderDesk desk, OrderFills fills, FinerBars finer, ExecutionOptions options, Liquidations? liquidations)
{
    private readonly Bar[] bars = new Bar[holdings.Length];
    private readonly long[] closes = new long[holdings.Length];
    private readonly int[] active = new int[holdings.Length];
    private readonly List<Ticket> queue = [];
    private readonly BarWalk walk = new(holdings, broker, desk, fills, options.LimitFill, liquidations);
    private readonly SignalSteps targets = new(holdings.Length, broker, context, signals, fills, options.LatencyMicros);
    private long steps;

    /// <returns>How many of the instruments are held after the open.</returns>
    public int Trade(ReadOnlySpan<int> instruments, BarCursor[] cursors, long now)
    {
        var count = finer.Begin(instruments, cursors);
        var held = Step(instruments, cursors, 0, now);
        for (var step = 1; step < count && IsBusy(instruments); step++) Step(instruments, cursors, step, now + (step * finer.Length));
        return held;
    }

    private bool IsBusy(ReadOnlySpan<int> instruments)
    {
        if (desk.HasWorking) return true;
        foreach (var i in instruments)
        {
            if (holdings[i].IsBusy) return true;
        }

        return false;
    }

    private int Step(ReadOnlySpan<int> instruments, BarCursor[] cursors, int step, long time)
    {
        steps++;
        var count = 0;
        foreach (var i in instruments)
        {
            if (!finer.TryBar(i, cursors[i], step, out bars[i], out closes[i])) continue;
            active[count++] = i;
            holdings[i].Mark = bars[i].Open;
            fills.Offer(i, options.VolumeShare is { } share ? Scaled.Fraction(Scaled.Amount((decimal)bars[i].Volume), (double)share) : null);
        }

        var now = active.AsSpan(0, count);
        desk.Expire(time);
        Gather(time);
        if (liquidations is not null)
        {
            liquidations.Begin(time);
            foreach (var i in now) liquidations.AtOpen(holdings[i], bars[i]);
        }

        foreach (var i in now) targets.GiveUp(holdings[i], bars[i].Open, time);
        desk.EndOrphans(time);
        if (queue.Count > 0) foreach (var ticket in queue.Where(IsReducing).ToList()) AtOpen(ticket, time);
        foreach (var i in now) targets.Enter(holdings[i], bars[i].Open, time);
        foreach (var ticket in queue) AtOpen(ticket, time);
        var held = 0;
        foreach (var i in now)
        {
            if (holdings[i].Quantity != 0) held++;
            walk.Through(i, bars[i], time, closes[i], steps);
        }

        return held;
    }

    // Those whose bars have opened, by id.
    private void Gather(long time)
    {
        queue.Clear();
        foreach (var ticket in desk.Working)
        {
            ticket.BornAt = null;
            desk.KeepToTick(ticket, time);
            if (ticket.ActiveFrom <= time && bars[ticket.Instrument].OpenTime.Micros == time) queue.Add(ticket);
        }
    }

    private bool IsReducing(Ticket ticket) => holdings[ticket.Instrument].Direction == (Direction)(-(int)ticket.Side);

    private void AtOpen(Ticket ticket, long time)
    {
        if (ticket.IsDone || ticket.Opened == steps) return;
        ticket.Opened = steps;
        var open = bars[ticket.Instrument].Open;
        var isArriving = !ticket.HasArrived;
        ticket.HasArrived = true;
        if (ticket.IsStop || ticket.IsTouch) SetOff(ticket, open);
        if (ticket.IsMarket) fills.Fill(ticket, open, time, slips: true, isInside: false);
        else if (ticket.IsLimit) Limit(ticket, open, time, isArriving);
        if (ticket is { IsImmediate: true, IsDone: false })
            desk.End(ticket, OrderState.Cancelled, time, ticket.ImmediateRule, $"the first price was {open}");
    }

    private static void SetOff(Ticket ticket, double open)
    {
        ticket.IsTriggered = ticket.IsBelow ? open <= ticket.Stop : open >= ticket.Stop;
        ticket.Follow(open);
    }

    private void Limit(Ticket ticket, double open, long time, bool isArriving)
    {
        var limit = ticket.Limit;
        if (isArriving && ticket.Request.PostOnly && (ticket.Side == Side.Buy ? open <= limit : open >= limit))
        {
            desk.End(ticket, OrderState.Rejected, time, "post_only", $"at {open} it would trade at once");
            return;
        }

        var isThrough = ticket.Side == Side.Buy ? open < limit : open > limit;
        if (!isThrough && !(options.LimitFill == LimitFill.Touch && open == limit)) return;
        if (isArriving || ticket.Request.Type == OrderType.StopLimit) fills.Take(ticket, open, time, isInside: false);
        else fills.Fill(ticket, open, time, slips: false, isInside: false);
    }
}
