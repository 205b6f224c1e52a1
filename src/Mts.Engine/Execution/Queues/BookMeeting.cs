using Mts.Core.Trading;
using Mts.Engine.Execution.Orders;

namespace Mts.Engine.Execution.Queues;

/// <summary>What each working order does when it meets a book that is right: it is set off, takes, comes to rest, or is met where it rests.</summary>
internal sealed class BookMeeting(TapeBook[] books, OrderDesk desk, BookTaking taking, QueueOrders queue)
{
    public void Meet(Ticket ticket, long time)
    {
        var book = books[ticket.Instrument];
        if (ticket.IsDone || ticket.ActiveFrom > time || !book.IsRight) return;
        ticket.HasArrived = true;
        var best = book.Best(ticket.Side);
        if ((ticket.IsStop || ticket.IsTouch) && best is { } seen) SetOff(ticket, (double)Scaled.ToDecimal(seen));
        if (ticket.IsMarket) taking.Take(ticket, limit: null, book, time);
        else if (ticket.IsLimit && queue.IsResting(ticket)) queue.Cross(ticket, book, time);
        else if (ticket.IsLimit) Arrive(ticket, book, best, time);
        if (ticket is { IsImmediate: true, IsDone: false })
            desk.End(ticket, OrderState.Cancelled, time, ticket.ImmediateRule, best is { } price ? $"the first price was {Scaled.ToDecimal(price)}, and the book offered no more within its limit" : "the book offered nothing");
    }

    private static void SetOff(Ticket ticket, double price)
    {
        ticket.IsTriggered = ticket.IsBelow ? price <= ticket.Stop : price >= ticket.Stop;
        ticket.Follow(price);
    }

    private void Arrive(Ticket ticket, TapeBook book, long? best, long time)
    {
        var limit = OnTick(ticket, book.Tick);
        var takes = best is { } price && !BookTaking.IsBeyond(ticket.Side, price, limit);
        if (takes && ticket.Request.PostOnly)
        {
            desk.End(ticket, OrderState.Rejected, time, "post_only", $"at {Scaled.ToDecimal(best!.Value)} it would trade at once");
            return;
        }

        if (takes) taking.Take(ticket, limit, book, time);
        if (!ticket.IsDone && !ticket.IsImmediate) queue.Join(ticket, limit, book, time);
    }

    // A price between two steps would be one at which nobody else can queue.
    private static long OnTick(Ticket ticket, long tick)
    {
        var limit = Scaled.Price(ticket.Limit);
        var down = limit - (limit % tick);
        return ticket.Side == Side.Buy || down == limit ? Math.Max(down, tick) : down + tick;
    }
}
