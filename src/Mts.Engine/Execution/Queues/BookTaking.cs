using Mts.Core.Books;
using Mts.Core.Market;
using Mts.Core.Trading;
using Mts.Engine.Execution.Orders;

namespace Mts.Engine.Execution.Queues;

/// <summary>Orders that take what the recorded book offers, level by level.</summary>
internal sealed class BookTaking(OrderFills fills, BookLog log)
{
    /// <param name="ticket">A market order, or a limit order that has just arrived.</param>
    /// <param name="limit">The worst price, 10⁻⁸ quote units; null for any.</param>
    /// <param name="book">Right.</param>
    /// <param name="time">When.</param>
    public void Take(Ticket ticket, long? limit, TapeBook book, long time)
    {
        if (ticket.Request.TimeInForce == TimeInForce.FillOrKill && !Covers(ticket, limit, book, time)) return;
        foreach (var offer in book.Offers(ticket.Side))
        {
            if (ticket.IsDone || IsBeyond(ticket.Side, offer.Price, limit)) return;
            var (before, price) = (ticket.Filled, (double)Scaled.ToDecimal(offer.Price));
            fills.Offer(ticket.Instrument, offer.Size);
            if (limit is null) fills.Fill(ticket, price, time, slips: true, isInside: false);
            else fills.Take(ticket, price, time, isInside: false);
            var filled = ticket.Filled - before;
            if (filled == 0) return;
            book.Use(ticket.Side, offer.Price, filled);
            log.Filled(ticket, filled, offer.Price, time, BookFillKind.Taken, null);
        }
    }

    public static bool IsBeyond(Side side, long price, long? limit) => limit is { } worst && (side == Side.Buy ? price > worst : price < worst);

    private bool Covers(Ticket ticket, long? limit, TapeBook book, long time)
    {
        if (book.Best(ticket.Side) is not { } best || !fills.IsSized(ticket, (double)Scaled.ToDecimal(best), slips: true, time)) return false;
        var there = (WideInt)0;
        foreach (var offer in book.Offers(ticket.Side))
        {
            if (IsBeyond(ticket.Side, offer.Price, limit) || there >= ticket.Wanted) break;
            there += offer.Size;
        }

        return ticket.IsCovered = there >= ticket.Wanted;
    }
}
