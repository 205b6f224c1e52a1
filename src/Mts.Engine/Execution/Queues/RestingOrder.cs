using Mts.Core.Market;
using Mts.Core.Trading;
using Mts.Engine.Execution.Orders;

namespace Mts.Engine.Execution.Queues;

/// <summary>A limit order in the book.</summary>
/// <param name="ticket">The order.</param>
/// <param name="price">10⁻⁸ quote units, on the market's tick.</param>
/// <param name="time">When it came to rest.</param>
/// <param name="model">Where those stand who cancel.</param>
internal sealed class RestingOrder(Ticket ticket, long price, long time, QueueModel model)
{
    public Ticket Ticket { get; } = ticket;

    public long Price { get; } = price;

    public long Time { get; } = time;

    public QueuePlace Place { get; } = new(model);

    /// <summary>When it ended, or the first fill came; null before.</summary>
    public long? FirstFill { get; set; }

    public long? LastFill { get; set; }

    /// <summary>Filled before it came to rest, 10⁻⁸ base units.</summary>
    public WideInt Taken { get; } = ticket.Filled;

    /// <summary>Above 0 where the price is worse for the order, so that it is not met; 0 at it; below where the price is beyond it.</summary>
    public int Against(long other) => Ticket.Side == Side.Buy ? other.CompareTo(Price) : Price.CompareTo(other);
}
