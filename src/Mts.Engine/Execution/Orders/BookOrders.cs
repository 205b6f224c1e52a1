using Mts.Core.Market;
using Mts.Core.Trading;

namespace Mts.Engine.Execution.Orders;

/// <summary>Orders against the best prices of the live book: an order sees the price that it would take, and takes up to what is offered there.</summary>
internal sealed class BookOrders(Holding[] holdings, OrderDesk desk, OrderFills fills)
{
    private readonly List<Ticket> queue = [];

    /// <param name="best">The price and size that an order would take now; null where there is none to be trusted.</param>
    /// <param name="use">Takes what was bought (+) or sold (−) out of the book.</param>
    /// <param name="now">The session's time.</param>
    public void Fill(Func<Ticket, BookLevel?> best, Action<int, WideInt> use, long now)
    {
        desk.Expire(now);
        desk.EndOrphans(now);
        queue.Clear();
        queue.AddRange(desk.Working);
        foreach (var ticket in queue)
        {
            if (ticket.IsDone || ticket.ActiveFrom > now || best(ticket) is not { } level) continue;
            var before = holdings[ticket.Instrument].Quantity;
            fills.Offer(ticket.Instrument, Scaled.Amount(level.Size));
            Meet(ticket, (double)level.Price, now);
            use(ticket.Instrument, holdings[ticket.Instrument].Quantity - before);
        }
    }

    private void Meet(Ticket ticket, double price, long now)
    {
        var isArriving = !ticket.HasArrived;
        ticket.HasArrived = true;
        if (ticket.IsStop || ticket.IsTouch)
        {
            ticket.IsTriggered = ticket.IsBelow ? price <= ticket.Stop : price >= ticket.Stop;
            ticket.Follow(price);
        }

        if (ticket.IsMarket) fills.Fill(ticket, price, now, slips: true, isInside: false);
        else if (ticket.IsLimit && (ticket.Side == Side.Buy ? price <= ticket.Limit : price >= ticket.Limit)) Cross(ticket, price, now, isArriving);
        if (ticket is { IsImmediate: true, IsDone: false }) desk.End(ticket, OrderState.Cancelled, now, ticket.ImmediateRule, $"the first price was {price}");
    }

    // One that rested has been served at its own price before the market came through it.
    private void Cross(Ticket ticket, double price, long now, bool isArriving)
    {
        if (isArriving && ticket.Request.PostOnly) desk.End(ticket, OrderState.Rejected, now, "post_only", $"at {price} it would trade at once");
        else if (isArriving || ticket.Request.Type == OrderType.StopLimit) fills.Take(ticket, price, now, isInside: false);
        else fills.Fill(ticket, ticket.Limit, now, slips: false, isInside: false);
    }
}
