using Mts.Core.Books;
using Mts.Core.Market;
using Mts.Core.Trading;
using Mts.Engine.Charges;
using Mts.Engine.Execution.Orders;

namespace Mts.Engine.Execution.Queues;

/// <summary>Fills inside recorded books: after the decisions of an instant the tapes go on to the next one, and orders meet what is on them.</summary>
internal sealed class QueueVenue : ExecutionVenue
{
    private readonly Holding[] holdings;
    private readonly TapeBook[] books;
    private readonly OrderDesk desk;
    private readonly Liquidations? liquidations;
    private readonly BookSignals signals;
    private readonly QueueOrders queue;
    private readonly BookMeeting meeting;
    private readonly List<Ticket> working = [];
    private readonly long start;
    private readonly long latency;
    private long clock = long.MinValue;

    public QueueVenue(Holding[] holdings, BookTape[] tapes, QueueModel model, Broker broker, OrderDesk desk, OrderFills fills, SignalSteps steps, BookLog log, Liquidations? liquidations, long start, long latency)
    {
        (this.holdings, this.desk, this.liquidations, this.start, this.latency) = (holdings, desk, liquidations, start, latency);
        books = [.. tapes.Select(t => new TapeBook(t))];
        signals = new BookSignals(holdings, books, broker, fills, steps);
        queue = new QueueOrders(model, fills, log);
        meeting = new BookMeeting(books, desk, new BookTaking(fills, log), queue);
    }

    /// <summary>What is received in the instant itself comes before the orders that are given in it.</summary>
    public override int Trade(ReadOnlySpan<int> instruments, BarCursor[] cursors, long now)
    {
        Play(now + 1);
        Meet(now);
        var held = 0;
        foreach (var i in instruments) held += holdings[i].Quantity != 0 ? 1 : 0;
        var until = cursors.Min(c => c.Next);
        if (until != long.MaxValue) Play(until);
        return held;
    }

    // Up to an instant, without what happens in it.
    private void Play(long until)
    {
        while (true)
        {
            var next = 0;
            for (var i = 1; i < books.Length; i++) next = books[i].Next < books[next].Next ? i : next;
            var time = books[next].Next;
            if (Due() is { } due && due < Math.Min(time, until)) Meet(due);
            else if (time >= until) return;
            else Hear(next);
        }
    }

    private void Hear(int instrument)
    {
        var book = books[instrument];
        ref readonly var e = ref book.Take();
        clock = Math.Max(clock, e.Time);
        switch (e.Kind)
        {
            case TapeKind.Bid or TapeKind.Ask:
                queue.Restate(instrument, e, book);
                break;
            case TapeKind.BidsKnownTo or TapeKind.AsksKnownTo:
                book.Know(e.Kind, e.Price);
                break;
            case TapeKind.Lost:
                book.Doubt();
                break;
            case TapeKind.Changed:
                var isBack = !book.IsRight;
                book.Trust();
                queue.Show(instrument, book, isBack);
                Meet(e.Time);
                break;
            default:
                Trade(instrument, book, e);
                break;
        }
    }

    private void Trade(int instrument, TapeBook book, in TapeEvent trade)
    {
        if (trade.Time >= start) holdings[instrument].Mark = (double)Scaled.ToDecimal(trade.Price);
        if (!book.IsRight) return;
        book.Trade(trade.Kind == TapeKind.Sold, trade.Price, trade.Size);
        if (trade.Time < start || !desk.HasWorking) return;
        desk.Expire(trade.Time);
        queue.Trade(instrument, trade);
    }

    // In the order of a bar's open: what is given up before what is bought.
    private void Meet(long time)
    {
        clock = Math.Max(clock, time);
        if (time < start) return;
        desk.Expire(time);
        queue.Clear();
        liquidations?.Begin(time);
        foreach (var holding in holdings) Liquidate(holding, time);
        foreach (var holding in holdings) signals.GiveUp(holding, time);
        desk.EndOrphans(time);
        working.Clear();
        working.AddRange(desk.Working);
        working.Sort((a, b) => IsReducing(a) == IsReducing(b) ? a.Id.CompareTo(b.Id) : IsReducing(a) ? -1 : 1);
        var reducing = working.FindLastIndex(IsReducing) + 1;
        for (var i = 0; i < reducing; i++) meeting.Meet(working[i], time);
        foreach (var holding in holdings) signals.Enter(holding, time);
        for (var i = reducing; i < working.Count; i++) meeting.Meet(working[i], time);
    }

    private void Liquidate(Holding holding, long time)
    {
        if (liquidations is null || holding.Quantity == 0 || !books[holding.Instrument].IsRight) return;
        if (books[holding.Instrument].Best((Side)(-(int)holding.Direction)) is not { } best) return;
        var price = (double)Scaled.ToDecimal(best);
        liquidations.AtOpen(holding, new Bar(new Timestamp(time), price, price, price, price, 0));
    }

    private bool IsReducing(Ticket ticket) => holdings[ticket.Instrument].Direction == (Core.Signals.Direction)(-(int)ticket.Side);

    // The next instant at which an order or signal arrives, or one ends.
    private long? Due()
    {
        var due = signals.Due(clock, latency);
        foreach (var ticket in desk.Working)
        {
            if (ticket.ActiveFrom > clock && !(due <= ticket.ActiveFrom)) due = ticket.ActiveFrom;
            if (ticket.EndsAt > clock && ticket.EndsAt != long.MaxValue && !(due <= ticket.EndsAt)) due = ticket.EndsAt;
        }

        return due;
    }
}
