using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine.Execution.Orders;

namespace Mts.Engine.Execution.Queues;

/// <summary>Signals take what the recorded book offers, level by level, and go on while it is not enough; stops and targets are met by the price that would be taken.</summary>
internal sealed class BookSignals(Holding[] holdings, TapeBook[] books, Broker broker, OrderFills fills, SignalSteps steps)
{
    public void GiveUp(Holding holding, long time)
    {
        var book = books[holding.Instrument];
        if (!book.IsRight) return;
        var side = Against(holding.Direction);
        Walk(holding, book, side, time, price => Leave(holding, price, time));
    }

    public void Enter(Holding holding, long time)
    {
        var book = books[holding.Instrument];
        if (!book.IsRight) return;
        if (steps.Wanted(holding.Instrument) is not { } wanted)
        {
            // What was no order is not under way any more.
            if (holding.Pending is not null) steps.Enter(holding, 0, time);
            return;
        }

        Walk(holding, book, wanted == Direction.Short ? Side.Sell : Side.Buy, time, price => steps.Enter(holding, price, time));
    }

    /// <summary>The first instant after <paramref name="time"/> at which a signal under way arrives; null for none.</summary>
    public long? Due(long time, long latency)
    {
        long? due = null;
        foreach (var holding in holdings)
        {
            if (holding.Pending is { } signal && signal.Time.Micros + latency is var at && at > time && !(due <= at)) due = at;
        }

        return due;
    }

    // A target is a limit: what the book offers at worse prices is not taken for it, and it waits on.
    private void Leave(Holding holding, double price, long time)
    {
        var (origin, sign) = (holding.Origin, (int)holding.Direction);
        if (holding.Quantity != 0 && holding.Leaving is null && origin?.Stop is { } stop && (price - stop) * sign <= 0) holding.Leaving = "stop";
        var isTarget = holding.Quantity != 0 && holding.Leaving is null && origin?.Target is { } target && (price - target) * sign >= 0;
        if (isTarget) holding.Leaving = "target";
        steps.GiveUp(holding, price, time);
        if (isTarget && holding.Quantity != 0) holding.Leaving = null;
    }

    private void Walk(Holding holding, TapeBook book, Side side, long time, Action<double> act)
    {
        foreach (var offer in book.Offers(side))
        {
            var before = holding.Quantity;
            fills.Offer(holding.Instrument, offer.Size);
            act((double)Scaled.ToDecimal(offer.Price));
            book.Use(side, offer.Price, WideInt.Abs(holding.Quantity - before));
            // What is left of an offer is not wanted.
            if (offer.Size - WideInt.Abs(holding.Quantity - before) >= broker.Sizing.Lot(holding, time)) return;
        }
    }

    private static Side Against(Direction direction) => direction == Direction.Short ? Side.Buy : Side.Sell;
}
