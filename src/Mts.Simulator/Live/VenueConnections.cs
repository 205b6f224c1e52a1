using System.Buffers.Binary;
using System.Text;
using Mts.Core.Market;
using Mts.Simulator.Faults;
using Mts.Simulator.Http;

namespace Mts.Simulator.Live;

/// <summary>The connections of one venue: who may open one, when each wants its timer, and how it ends.</summary>
internal sealed class VenueConnections(SimulatedVenue venue, IWire wire, Outbox outbox)
{
    private const long AttemptWindowMicros = 300 * Timestamp.MicrosPerSecond;

    private readonly List<SimulatedConnection> open = [];
    private readonly PriorityQueue<SimulatedConnection, (long Micros, int Id)> timers = new();
    private readonly Dictionary<string, Queue<long>> attempts = new(StringComparer.Ordinal);
    private int opened;

    /// <summary>Those that are open, half-open ones included.</summary>
    public IReadOnlyList<SimulatedConnection> Open => open;

    /// <summary>When the next timer is due; never where there is none.</summary>
    public long NextMicros => timers.TryPeek(out _, out var due) ? due.Micros : long.MaxValue;

    /// <summary>A client asks to connect.</summary>
    public OpenReply Accept(string path, string client)
    {
        if (TooMany(client) is { } refusal) return Refuse(path, client, refusal, "too many connection attempts");
        var fault = venue.Faults.OfUpgrade(path, opened);
        if (fault is { } broken and not FaultKind.AcceptAndClose) return Refuse(path, client, Broken(broken), $"fault {broken}", broken);
        var connection = new SimulatedConnection(++opened, path, client, venue.NowMicros);
        if (!wire.Open(connection)) return Refuse(path, client, Reply.Text(404, "text/html", "<html><body><h2>404 Not found</h2></body></html>"), "no such address");
        open.Add(connection);
        venue.Note(VenueEvent.Opened, connection, "", detail: path);
        if (!venue.IsBybit) connection.EndsMicros = venue.NowMicros + (venue.Options.ConnectionLife.Ticks / 10);
        Schedule(connection);
        if (fault is { } close)
        {
            venue.Note(VenueEvent.Fault, connection, "", close);
            Close(connection, 1001, "");
        }

        return new OpenReply(connection, 101, "", "", []);
    }

    /// <summary>Puts a connection's timer where the venue's rules want it.</summary>
    public void Schedule(SimulatedConnection connection)
    {
        var next = Math.Max(venue.NowMicros, wire.NextTimer(connection));
        if (next == connection.Scheduled || wire.NextTimer(connection) == long.MaxValue) return;
        connection.Scheduled = next;
        timers.Enqueue(connection, (next, connection.Id));
    }

    /// <summary>Runs the timer that is due.</summary>
    public void RunTimer()
    {
        timers.TryDequeue(out var connection, out var due);
        if (!connection!.IsOpen || connection.Scheduled != due.Micros) return;
        connection.Scheduled = long.MaxValue;
        if (connection.IsHalfOpen) return;
        wire.OnTimer(connection);
        if (connection.IsOpen) Schedule(connection);
    }

    /// <summary>Sends a control answer.</summary>
    public void Say(SimulatedConnection connection, FrameText text) => outbox.Send(connection, VenueFrame.Text, text.Written);

    /// <summary>Asks whether the client is still there.</summary>
    public void Ping(SimulatedConnection connection, ReadOnlySpan<byte> payload) => outbox.Send(connection, VenueFrame.Ping, payload);

    /// <summary>Closes a connection from the venue's side.</summary>
    public void Close(SimulatedConnection connection, ushort code, string reason)
    {
        Span<byte> payload = stackalloc byte[125];
        BinaryPrimitives.WriteUInt16BigEndian(payload, code);
        var length = 2 + Encoding.UTF8.GetBytes(reason, payload[2..]);
        outbox.Send(connection, VenueFrame.Close, payload[..length]);
        Drop(connection, $"closed with {code} {reason}");
    }

    /// <summary>Forgets a connection that has ended, and its subscriptions with it.</summary>
    public void Drop(SimulatedConnection connection, string why)
    {
        if (!connection.IsOpen) return;
        connection.IsOpen = false;
        open.Remove(connection);
        foreach (var subscription in connection.Subscriptions.Values.ToArray()) venue.Channels.Unsubscribe(subscription);
        venue.Note(VenueEvent.Closed, connection, "", detail: why);
        venue.Channels.Sweep();
    }

    private OpenReply Refuse(string path, string client, Reply reply, string why, FaultKind? fault = null)
    {
        venue.Note(fault is null ? VenueEvent.Refused : VenueEvent.Fault, null, "", fault, detail: $"{client} {path}: {why}");
        opened++;
        return new OpenReply(null, reply.Status, reply.ContentType, Encoding.UTF8.GetString(reply.Body), reply.Headers);
    }

    private Reply? TooMany(string client)
    {
        if (!venue.Options.EnforceLimits) return null;
        if (!attempts.TryGetValue(client, out var recent)) attempts[client] = recent = [];
        while (recent.TryPeek(out var oldest) && oldest <= venue.NowMicros - AttemptWindowMicros) recent.Dequeue();
        recent.Enqueue(venue.NowMicros);
        if (recent.Count <= wire.Attempts) return null;
        venue.Note(VenueEvent.Violation, null, "", detail: $"{client}: {recent.Count} connection attempts in five minutes, {wire.Attempts} are allowed");
        return wire.TooManyAttempts();
    }

    private static Reply Broken(FaultKind kind) => kind switch
    {
        FaultKind.RefuseUpgrade => new Reply(0, "", []),
        FaultKind.Upgrade429 => Reply.Text(429, "text/plain", "Too Many Requests").With("Retry-After", "2"),
        FaultKind.Upgrade503 => Reply.Text(503, "text/plain", "Service Unavailable"),
        _ => Reply.Text(200, "text/html", "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1></body></html>"),
    };
}
