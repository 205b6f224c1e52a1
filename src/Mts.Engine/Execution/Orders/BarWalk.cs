using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine.Charges;

namespace Mts.Engine.Execution.Orders;

/// <summary>What happens inside a bar, by the adverse-first rule: the price goes first to the side that hurts the position, then to the other one, and at last to the close.</summary>
internal sealed class BarWalk(Holding[] holdings, Broker broker, OrderDesk desk, OrderFills fills, LimitFill limitFill, Liquidations? liquidations)
{
    private const string Liquidated = "liquidation";

    private Bar walked;
    private long step;
    private long time;
    private long close;

    public void Through(int instrument, in Bar bar, long opened, long closes, long number)
    {
        (walked, step, time, close) = (bar, number, opened, closes);
        var holding = holdings[instrument];
        if (!desk.HasWorking && !holding.HasLevels && !holding.IsWatched) return;
        var isDown = holding.Direction switch
        {
            Direction.Long => true,
            Direction.Short => false,
            _ => bar.Open - bar.Low <= bar.High - bar.Open, // nothing hurts: the nearer end first
        };
        Move(holding, bar.Open, bar.Open, !isDown); // what the open is beyond, to the good side, is met there
        Move(holding, bar.Open, isDown ? bar.Low : bar.High, isDown);
        Move(holding, isDown ? bar.Low : bar.High, isDown ? bar.High : bar.Low, !isDown);
        ProtectLate(holding, bar);
        Trail(holding, bar);
    }

    private void Move(Holding holding, double from, double to, bool isDown)
    {
        for (var at = from; Next(holding, at, to, isDown) is var (ticket, level, reason);)
        {
            at = level;
            if (ticket is not null) Act(ticket, level);
            else if (reason == Liquidated) liquidations!.Take(holding, level, time);
            else Leave(holding, level, reason);
        }
    }

    // The nearest level on the way; at one price the liquidation, then the position's own stop, then orders by id, then its target.
    private (Ticket? Ticket, double Level, string? Reason)? Next(Holding holding, double at, double to, bool isDown)
    {
        (Ticket? Ticket, double Level, string? Reason)? next = null;
        if (liquidations?.PriceOf(holding, walked) is { } liquidation && (holding.Direction == Direction.Long) == isDown) Offer(null, liquidation, Liquidated);
        if (holding is { Quantity: var q, Leaving: null, Origin: { } origin } && q != 0 && (origin.Direction == Direction.Long) == isDown && origin.Stop is { } stop) Offer(null, stop, "stop");
        foreach (var ticket in desk.Working)
        {
            if (ticket.Instrument != holding.Instrument || ticket.Step == step || !ticket.HasArrived || ticket.IsMarket || ticket.IsBelow != isDown || !MayAct(ticket)) continue;
            Offer(ticket, ticket.Level, null);
        }

        if (holding is { Quantity: var held, Leaving: null, Origin: { } entry } && held != 0 && (entry.Direction == Direction.Long) != isDown && entry.Target is { } target) Offer(null, target, "target");
        return next;

        void Offer(Ticket? ticket, double level, string? reason)
        {
            // What lies behind is met where the price is.
            var met = isDown ? Math.Min(level, at) : Math.Max(level, at);
            if (isDown ? met < to : met > to) return;
            if (ticket is { IsLimit: true } && limitFill == LimitFill.Through && (isDown ? level <= to : level >= to)) return;
            if (next is { } known && (isDown ? met <= known.Level : met >= known.Level)) return;
            next = (ticket, met, reason);
        }
    }

    // A stop may always have been met. What came to be inside the bar, or ends inside it, may have missed a better price.
    private bool MayAct(Ticket ticket) => ticket.IsStop || (ticket.BornAt is null && ticket.EndsAt >= close);

    private void Act(Ticket ticket, double price)
    {
        ticket.Step = step;
        if (ticket.IsLimit)
        {
            fills.Fill(ticket, price, time, slips: false, isInside: true);
            return;
        }

        ticket.IsTriggered = true;
        if (ticket.Request.Type != OrderType.StopLimit)
        {
            fills.Fill(ticket, price, time, slips: true, isInside: true);
        }
        else if (ticket.Side == Side.Buy ? ticket.Limit >= price : ticket.Limit <= price)
        {
            fills.Take(ticket, price, time, isInside: true);
        }
    }

    private void Leave(Holding holding, double price, string? reason)
    {
        var before = holding.Quantity;
        broker.Close(holding, price, time, reason!, slips: reason != "target", most: fills.Left(holding.Instrument));
        fills.Use(holding.Instrument, holding.Quantity - before);
        holding.Leaving = holding.Quantity == 0 ? null : reason;
    }

    // A stop that came to be inside the bar is taken to have been met if its level was, before or after.
    private void ProtectLate(Holding holding, in Bar bar)
    {
        for (var i = 0; i < desk.Working.Count; i++)
        {
            var ticket = desk.Working[i];
            if (ticket.Instrument != holding.Instrument || ticket is not { BornAt: { } born, IsStop: true } || ticket.Step == step) continue;
            if (ticket.IsBelow ? bar.Low > ticket.Stop : bar.High < ticket.Stop) continue;
            Act(ticket, ticket.IsBelow ? Math.Min(ticket.Stop, born) : Math.Max(ticket.Stop, born));
            i = -1;
        }
    }

    // The best price of the bar moves the stop; a close beyond it cannot have been reached but through it.
    private void Trail(Holding holding, in Bar bar)
    {
        for (var i = 0; i < desk.Working.Count; i++)
        {
            var ticket = desk.Working[i];
            if (ticket.Instrument != holding.Instrument || ticket is not { Request.Type: OrderType.TrailingStop, HasArrived: true, IsTriggered: false } || ticket.Step == step) continue;
            ticket.Follow(ticket.Side == Side.Sell ? bar.High : bar.Low);
            if (ticket.IsBelow ? bar.Close > ticket.Stop : bar.Close < ticket.Stop) continue;
            Act(ticket, ticket.Stop);
            i = -1;
        }
    }
}
