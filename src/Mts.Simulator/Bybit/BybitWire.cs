using System.Text.Json;
using Mts.Core.Market;
using Mts.Simulator.Faults;
using Mts.Simulator.Http;
using Mts.Simulator.Live;
using Mts.Simulator.Model;

namespace Mts.Simulator.Bybit;

/// <summary>Bybit's public sockets: the client pings, unknown topics fail. https://bybit-exchange.github.io/docs/v5/ws/connect</summary>
internal sealed class BybitWire(SimulatedVenue venue) : IWire
{
    private const int MostCharacters = 21_000;
    private const int MostSpotArguments = 10;

    private readonly bool isSpot = venue.Venue == Venue.BybitSpot;

    public string Service => "bybit";

    public int Attempts => 500;

    public bool Owns(string path) => path == $"/v5/public/{Category}";

    private string Category => isSpot ? "spot" : "linear";

    public bool Open(SimulatedConnection connection) => connection.Path.Split('?', 2)[0] == $"/v5/public/{Category}";

    public void OnText(SimulatedConnection connection, ReadOnlySpan<byte> text)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text.ToArray());
        }
        catch (JsonException)
        {
            Answer(connection, "", "", false, "error:bad request");
            return;
        }

        using (document) OnMessage(connection, document.RootElement);
    }

    public void OnControl(SimulatedConnection connection, bool isPong, ReadOnlySpan<byte> payload)
    {
        // Ping frames are answered and keep nothing alive; only op ping does.
    }

    public void OnTimer(SimulatedConnection connection)
    {
        if (connection.EndsMicros <= venue.NowMicros)
        {
            venue.Clients.Close(connection, 1001, "");
            return;
        }

        if (NextTimer(connection) > venue.NowMicros) return;
        venue.Violate(connection, $"no op ping for {venue.Options.BybitIdle.TotalSeconds} s");
        venue.Clients.Close(connection, 1000, "");
    }

    public long NextTimer(SimulatedConnection connection) => Math.Min(connection.EndsMicros, connection.LastPingMicros + (venue.Options.BybitIdle.Ticks / 10));

    public void WriteNotice(SimulatedConnection connection, FrameText text)
    {
        // Bybit gives none: it just ends.
    }

    public void WriteUnknownEvent(string stream, FrameText text) =>
        text.Raw("{\"topic\":\"unheardOf."u8).Raw(stream).Raw("\",\"type\":\"delta\",\"ts\":"u8).Number(venue.Clock.Display(venue.NowMicros)).Raw(",\"data\":{\"x\":[1,2,3]}}"u8);

    public Reply TooManyAttempts() => Reply.Text(403, "text/plain", "access too frequent");

    public Reply Banned(long nowMs) => Reply.Text(403, "text/plain", "access too frequent");

    public string? SnapshotOf(SimRequest request) => request.Path == "/v5/market/orderbook" && request.Parameters["category"] == Category ? request.Parameters["symbol"] : null;

    private void OnMessage(SimulatedConnection connection, JsonElement message)
    {
        var request = message.ValueKind == JsonValueKind.Object && message.TryGetProperty("req_id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString()! : "";
        var op = message.ValueKind == JsonValueKind.Object && message.TryGetProperty("op", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "";
        var topics = message.ValueKind == JsonValueKind.Object && message.TryGetProperty("args", out var args) && args.ValueKind == JsonValueKind.Array
            ? args.EnumerateArray().Where(a => a.ValueKind == JsonValueKind.String).Select(a => a.GetString()!).ToList() : [];
        switch (op)
        {
            case "ping":
                connection.LastPingMicros = venue.NowMicros;
                // Both spellings of the answer have been seen.
                Answer(connection, request, connection.Id % 2 == 0 ? "pong" : "ping", true, "pong");
                break;
            case "subscribe":
                Subscribe(connection, request, topics);
                break;
            case "unsubscribe":
                foreach (var topic in topics)
                {
                    if (connection.Subscriptions.TryGetValue(topic, out var subscription)) venue.Channels.Unsubscribe(subscription);
                }

                Answer(connection, request, op, true, isSpot ? op : "");
                break;
            default:
                Answer(connection, request, op, false, "error:unknown op");
                break;
        }
    }

    private void Subscribe(SimulatedConnection connection, string request, List<string> topics)
    {
        if (Refusal(connection, topics) is { } refusal)
        {
            Answer(connection, request, "subscribe", false, refusal);
            return;
        }

        connection.ArgumentCharacters += topics.Sum(t => t.Length);
        var faults = topics.ConvertAll(t => venue.Faults.OfSubscription(connection, t));
        var failed = faults.IndexOf(FaultKind.AckError);
        // Now and then data overtakes the answer.
        var isLate = Noise.Unit(Noise.Key((ulong)connection.Id, topics.Count > 0 ? topics[0] : "")) < 0.2;
        if (!isLate) Acknowledge();
        for (var i = 0; i < topics.Count; i++)
        {
            if (faults[i] == FaultKind.AckError || BybitTopics.Find(venue, topics[i]) is not { } channel) continue;
            channel.Welcome(venue.Channels.Subscribe(connection, topics[i], channel));
        }

        if (isLate) Acknowledge();

        void Acknowledge()
        {
            if (faults.Contains(FaultKind.AckMissing)) return;
            if (failed >= 0) Answer(connection, request, "subscribe", false, $"error:Too many visits!,topic:{topics[failed]}");
            else Answer(connection, request, "subscribe", true, isSpot ? "subscribe" : "");
        }
    }

    private string? Refusal(SimulatedConnection connection, List<string> topics)
    {
        if (venue.Options.EnforceLimits && isSpot && topics.Count > MostSpotArguments)
        {
            venue.Violate(connection, $"{topics.Count} args in one request, {MostSpotArguments} are allowed");
            return "error:args size >10";
        }

        if (venue.Options.EnforceLimits && connection.ArgumentCharacters + topics.Sum(t => t.Length) > MostCharacters)
        {
            venue.Violate(connection, $"more than {MostCharacters} characters of args");
            return "error:args length exceeds 21000";
        }

        if (topics.Count == 0) return "error:args is empty";
        foreach (var topic in topics)
        {
            if (connection.Subscriptions.ContainsKey(topic)) return $"error:already subscribed,topic:{topic}";
            if (BybitTopics.Find(venue, topic) is null) return $"error:handler not found,topic:{topic}";
        }

        return null;
    }

    private void Answer(SimulatedConnection connection, string request, string op, bool success, string message)
    {
        var text = venue.Text.Clear().Raw("{\"success\":"u8).Bool(success).Raw(",\"ret_msg\":\""u8).Raw(message).Raw("\",\"conn_id\":\"sim-"u8).Number(connection.Id).Raw("\""u8);
        if (!isSpot || request.Length > 0) text.Raw(",\"req_id\":\""u8).Raw(JsonEncodedText.Encode(request).ToString()).Raw("\""u8);
        venue.Clients.Say(connection, text.Raw(",\"op\":\""u8).Raw(JsonEncodedText.Encode(op).ToString()).Raw("\"}"u8));
    }
}

/// <summary>The names of Bybit's topics.</summary>
internal static class BybitTopics
{
    public static Channel? Find(SimulatedVenue venue, string topic)
    {
        if (venue.Player is { } player) return player.ChannelOf(topic);
        var parts = topic.Split('.');
        if (parts.Length is < 2 or > 3 || venue.InstrumentOf(parts[^1]) is not { } instrument) return null;
        var isSpot = venue.Venue == Venue.BybitSpot;
        return (parts[0], parts.Length == 3 ? parts[1] : "") switch
        {
            ("orderbook", "1" or "50" or "200" or "1000") => BybitBookChannel.Of(venue, instrument, int.Parse(parts[1])),
            ("publicTrade", "") => venue.Channels.FindOrMake(topic, instrument, () => new BybitTradeChannel(topic, instrument.Market)),
            ("tickers", "") => venue.Channels.FindOrMake(topic, instrument, () => new BybitTickerChannel(topic, instrument.Market)),
            ("allLiquidation", "") when !isSpot => venue.Channels.FindOrMake(topic, instrument, () => new BybitLiquidationChannel(topic, instrument.Market)),
            ("kline", var interval) when BybitQuery.SpanOf(interval) is { } span => venue.Channels.FindOrMake(topic, instrument, () => new BybitKlineChannel(topic, instrument.Market, span, interval)),
            _ => null,
        };
    }
}
