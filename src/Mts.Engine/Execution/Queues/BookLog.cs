using Mts.Core.Market;
using Mts.Core.Trading;
using Mts.Engine.Execution.Orders;

namespace Mts.Engine.Execution.Queues;

/// <summary>What happened to orders inside the recorded books.</summary>
internal sealed class BookLog(IReadOnlyList<string> symbols)
{
    private readonly List<BookFill> fills = [];
    private readonly List<RestingOrder> queued = [];

    public void Joined(RestingOrder order) => queued.Add(order);

    public void Filled(Ticket ticket, WideInt quantity, long price, long time, BookFillKind how, long? ahead) => fills.Add(new BookFill(
        ticket.Id, symbols[ticket.Instrument], ticket.Side, Scaled.ToDecimal(quantity), Scaled.ToDecimal(price), new Timestamp(time), how, Amount(ahead)));

    public BookSummary Summary(QueueModel model, IReadOnlyList<BookCoverage> markets) => new()
    {
        Model = model.Name, Markets = markets, Fills = [.. fills], Queued = [.. queued.Select(ToQueued)],
    };

    private QueuedOrder ToQueued(RestingOrder o) => new(
        o.Ticket.Id, symbols[o.Ticket.Instrument], o.Ticket.Side, Scaled.ToDecimal(o.Price), new Timestamp(o.Time), Amount(o.Place.AtEntry), Amount(o.Place.Ahead),
        Scaled.ToDecimal(o.Ticket.Filled - o.Taken), Time(o.FirstFill), Time(o.LastFill), o.Place.Losses);

    private static decimal? Amount(long? amount) => amount is { } a ? Scaled.ToDecimal(a) : null;

    private static Timestamp? Time(long? time) => time is { } t ? new Timestamp(t) : null;
}
