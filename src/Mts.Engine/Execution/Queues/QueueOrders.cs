using Mts.Core.Books;
using Mts.Core.Market;
using Mts.Core.Trading;
using Mts.Engine.Execution.Orders;

namespace Mts.Engine.Execution.Queues;

/// <summary>Limit orders that rest in recorded books: they join behind what is shown, and are filled when their turn comes.</summary>
/// <remarks>Among own orders the better price comes first, then who joined first; what one has got of a trade or an offer the next one does not get.</remarks>
internal sealed class QueueOrders(QueueModel model, OrderFills fills, BookLog log)
{
    private readonly List<RestingOrder> resting = [];
    private readonly List<RestingOrder> served = [];

    public bool IsResting(Ticket ticket) => resting.Exists(r => r.Ticket == ticket);

    /// <summary>An order comes to rest.</summary>
    public void Join(Ticket ticket, long price, TapeBook book, long time)
    {
        var order = new RestingOrder(ticket, price, time, model);
        order.Place.Join(book.Shown(ticket.Side, price));
        var at = resting.FindIndex(r => r.Ticket.Instrument == ticket.Instrument && r.Ticket.Side == ticket.Side && r.Against(price) > 0);
        resting.Insert(at < 0 ? resting.Count : at, order);
        log.Joined(order);
    }

    /// <summary>A level is stated anew.</summary>
    public void Restate(int instrument, in TapeEvent level, TapeBook book)
    {
        var side = level.Kind == TapeKind.Bid ? Side.Buy : Side.Sell;
        var (before, traded) = book.State(side == Side.Buy, level.Price, level.Size);
        if (resting.Count == 0 || !book.IsRight || (level.Size == 0 && book.HasLeft(side == Side.Buy, level.Price))) return;
        var least = 0L;
        foreach (var order in Of(instrument, side))
        {
            if (order.Price != level.Price) continue;
            order.Place.Restate(before, level.Size, traded, least);
            least = order.Place.Ahead ?? 0;
        }
    }

    /// <summary>An update of the book is complete.</summary>
    /// <param name="instrument">Whose.</param>
    /// <param name="book">Right.</param>
    /// <param name="isBack">Whether it was not to be believed before.</param>
    public void Show(int instrument, TapeBook book, bool isBack)
    {
        foreach (var order in resting)
        {
            if (order.Ticket.Instrument != instrument || order.Ticket.IsDone) continue;
            var shown = book.Shown(order.Ticket.Side, order.Price);
            if (isBack) order.Place.Lose(shown);
            else if (shown is { } size) order.Place.Show(size);
        }
    }

    /// <summary>A trade serves those who rest at its price or better.</summary>
    public void Trade(int instrument, in TapeEvent trade)
    {
        if (resting.Count == 0) return;
        var (left, side, time) = (trade.Size, trade.Kind == TapeKind.Sold ? Side.Buy : Side.Sell, trade.Time);
        served.Clear();
        served.AddRange(Of(instrument, side));
        foreach (var order in served)
        {
            var against = order.Against(trade.Price);
            if (order.Ticket.IsDone) continue;
            if (against > 0) break;
            var ahead = order.Place.Ahead;
            if (against < 0) order.Place.Pass();
            var share = against < 0 ? left : order.Place.Serve(left);
            left -= (long)Fill(order, share, time, against < 0 ? BookFillKind.Through : BookFillKind.Queue, ahead);
        }
    }

    /// <summary>Somebody offers at an order's price or beyond: they would have met.</summary>
    public void Cross(Ticket ticket, TapeBook book, long time)
    {
        var order = resting.Find(r => r.Ticket == ticket)!;
        foreach (var offer in book.Offers(ticket.Side))
        {
            if (ticket.IsDone || order.Against(offer.Price) > 0) return;
            var filled = Fill(order, offer.Size, time, BookFillKind.Crossed, order.Place.Ahead);
            if (filled == 0) return;
            book.Use(ticket.Side, offer.Price, filled);
        }
    }

    /// <summary>Forgets those that have ended.</summary>
    public void Clear() => resting.RemoveAll(r => r.Ticket.IsDone);

    private WideInt Fill(RestingOrder order, long quantity, long time, BookFillKind how, long? ahead)
    {
        var (ticket, before) = (order.Ticket, order.Ticket.Filled);
        if (quantity <= 0) return 0;
        fills.Offer(ticket.Instrument, quantity);
        fills.Fill(ticket, (double)Scaled.ToDecimal(order.Price), time, slips: false, isInside: false);
        var filled = ticket.Filled - before;
        if (filled == 0) return 0;
        order.FirstFill ??= time;
        order.LastFill = time;
        log.Filled(ticket, filled, order.Price, time, how, ahead);
        return filled;
    }

    private IEnumerable<RestingOrder> Of(int instrument, Side side) => resting.Where(r => r.Ticket.Instrument == instrument && r.Ticket.Side == side && !r.Ticket.IsDone);
}
