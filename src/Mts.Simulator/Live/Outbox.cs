using Mts.Core.Market;

namespace Mts.Simulator.Live;

/// <summary>The frames of one venue on their way to its clients, some of them late.</summary>
internal sealed class Outbox(SimulatedVenue venue, IVenueSink sink)
{
    private readonly PriorityQueue<(SimulatedConnection Connection, VenueFrame Kind, byte[] Payload), (long Micros, long Order)> late = new();
    private long order;

    /// <summary>When the next late frame is due; never where there is none.</summary>
    public long NextMicros => late.TryPeek(out _, out var due) ? due.Micros : long.MaxValue;

    public void Send(SimulatedConnection connection, VenueFrame kind, ReadOnlySpan<byte> payload)
    {
        if (connection.IsHalfOpen || !connection.IsOpen) return;
        if (connection.LateMicros > 0)
        {
            SendLater(connection, kind, payload, connection.LateMicros);
            return;
        }

        Deliver(connection, kind, payload);
    }

    public void SendLater(SimulatedConnection connection, VenueFrame kind, ReadOnlySpan<byte> payload, long micros) =>
        late.Enqueue((connection, kind, payload.ToArray()), (venue.NowMicros + micros, order++));

    /// <summary>Sends the late frame that is due, also to a connection that has been closed by then: its last frames were under way.</summary>
    public void SendDue()
    {
        var (connection, kind, payload) = late.Dequeue();
        if (!connection.IsHalfOpen) Deliver(connection, kind, payload);
    }

    private void Deliver(SimulatedConnection connection, VenueFrame kind, ReadOnlySpan<byte> payload)
    {
        venue.Ledger.Frames++;
        sink.OnFrame(connection, kind, payload, new Timestamp(venue.NowMicros));
    }
}
