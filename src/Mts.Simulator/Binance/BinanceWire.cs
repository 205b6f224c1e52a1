using System.Buffers.Binary;
using Mts.Core.Market;
using Mts.Simulator.Http;
using Mts.Simulator.Live;
using Mts.Simulator.Model;

namespace Mts.Simulator.Binance;

/// <summary>
/// Binance's sockets: raw and combined addresses, on futures split into public and market; unknown streams are acknowledged and never deliver.
/// https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams
/// </summary>
internal sealed class BinanceWire(SimulatedVenue venue) : IWire
{
    private const long Second = Timestamp.MicrosPerSecond;

    private readonly bool isSpot = venue.Venue == Venue.BinanceSpot;
    private readonly long pingEvery = (venue.Options.Pings?.Every ?? TimeSpan.FromSeconds(venue.Venue == Venue.BinanceSpot ? 20 : 180)).Ticks / 10;
    private readonly long pongPatience = (venue.Options.Pings?.Patience ?? TimeSpan.FromSeconds(venue.Venue == Venue.BinanceSpot ? 60 : 600)).Ticks / 10;

    public string Service => isSpot ? "binance" : "usdm";

    public int Attempts => 300;

    public bool Owns(string path) => true;

    private int MessagesPerSecond => isSpot ? 5 : 10;

    private int StreamsAllowed => isSpot ? 1_024 : 200;

    public bool Open(SimulatedConnection connection)
    {
        var parts = connection.Path.Split('?', 2);
        var path = parts[0];
        if (!isSpot)
        {
            connection.Route = path.StartsWith("/market/", StringComparison.Ordinal) ? Route.Market : Route.Public;
            if (path.StartsWith("/market/", StringComparison.Ordinal) || path.StartsWith("/public/", StringComparison.Ordinal)) path = path[7..];
        }

        connection.NextPingMicros = venue.NowMicros + pingEvery;
        connection.IsCombined = path.StartsWith("/stream", StringComparison.Ordinal);
        var names = path is "/ws" or "/stream" ? "" : path.StartsWith("/ws/", StringComparison.Ordinal) ? path[4..] : null;
        if (path == "/stream" && parts.Length > 1) names = new Parameters(parts[1])["streams"] ?? "";
        if (names is null) return false;
        foreach (var name in names.Split('/', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Take(venue.Options.EnforceLimits ? StreamsAllowed : int.MaxValue)) Add(connection, name);
        return true;
    }

    public void OnText(SimulatedConnection connection, ReadOnlySpan<byte> text)
    {
        if (!Allows(connection)) return;
        BinanceControl.Answer(this, venue, connection, text);
    }

    public void OnControl(SimulatedConnection connection, bool isPong, ReadOnlySpan<byte> payload)
    {
        if (!Allows(connection) || !isPong) return;
        // A pong that nobody asked for keeps nothing alive.
        if (payload.Length == 8 && BinaryPrimitives.ReadInt64BigEndian(payload) == connection.PingPayload) connection.PongDueMicros = long.MaxValue;
    }

    public long NextTimer(SimulatedConnection connection) => Math.Min(connection.EndsMicros, Math.Min(connection.NextPingMicros, connection.PongDueMicros));

    public void OnTimer(SimulatedConnection connection)
    {
        if (connection.EndsMicros <= venue.NowMicros)
        {
            venue.Clients.Close(connection, 1001, "");
            return;
        }

        if (connection.PongDueMicros <= venue.NowMicros)
        {
            venue.Violate(connection, "no pong in time");
            venue.Clients.Close(connection, 1008, "Pong timeout");
            return;
        }

        if (connection.NextPingMicros > venue.NowMicros) return;
        connection.NextPingMicros += pingEvery;
        connection.PingPayload = venue.NowMicros / 1_000;
        if (connection.PongDueMicros == long.MaxValue) connection.PongDueMicros = venue.NowMicros + pongPatience;
        Span<byte> payload = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(payload, connection.PingPayload);
        venue.Clients.Ping(connection, payload);
    }

    public void WriteNotice(SimulatedConnection connection, FrameText text)
    {
        if (connection.IsCombined) text.Raw("{\"stream\":\"!serverShutdown\",\"data\":"u8);
        text.Raw("{\"e\":\"serverShutdown\",\"E\":"u8).Number(venue.Clock.Display(venue.NowMicros)).Raw("}"u8);
        if (connection.IsCombined) text.Raw("}"u8);
    }

    public void WriteUnknownEvent(string stream, FrameText text) =>
        text.Raw("{\"stream\":\""u8).Raw(stream).Raw("\",\"data\":{\"e\":\"unheardOf\",\"E\":"u8).Number(venue.Clock.Display(venue.NowMicros)).Raw(",\"x\":{\"y\":[1,2,3]}}}"u8);

    public Reply TooManyAttempts() => Reply.Text(429, "text/plain", "Too many connection attempts").With("Retry-After", "60");

    public Reply Banned(long nowMs) =>
        BinanceRefusal.Reply(418, -1003, $"Way too much request weight used; IP banned until {nowMs + (2 * Clock.Minute)}. Please use WebSocket Streams for live updates to avoid bans.").With("Retry-After", "120");

    public string? SnapshotOf(SimRequest request) => request.Path == (isSpot ? "/api/v3/depth" : "/fapi/v1/depth") ? request.Parameters["symbol"] : null;

    /// <summary>Subscribes to a stream; false where the connection has as many as it may.</summary>
    public bool Add(SimulatedConnection connection, string name)
    {
        if (connection.Subscriptions.ContainsKey(name)) return true;
        if (venue.Options.EnforceLimits && connection.Subscriptions.Count >= StreamsAllowed) return false;
        var channel = BinanceStreams.Find(venue, name);
        // On futures the wrong address acknowledges and stays silent.
        if (!isSpot && BinanceStreams.RouteOf(name) != connection.Route) channel = null;
        venue.Channels.Subscribe(connection, name, channel);
        return true;
    }

    private bool Allows(SimulatedConnection connection)
    {
        var recent = connection.Messages;
        while (recent.TryPeek(out var oldest) && oldest <= venue.NowMicros - Second) recent.Dequeue();
        recent.Enqueue(venue.NowMicros);
        if (!venue.Options.EnforceLimits || recent.Count <= MessagesPerSecond) return true;
        venue.Violate(connection, $"{recent.Count} messages in a second, {MessagesPerSecond} are allowed");
        venue.Clients.Close(connection, 1008, "Too many requests");
        return false;
    }
}
