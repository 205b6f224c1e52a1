using System.Text;
using System.Text.Json;
using Mts.Simulator.Faults;
using Mts.Simulator.Live;

namespace Mts.Simulator.Binance;

/// <summary>Control messages on Binance's sockets, and their answers.</summary>
internal static class BinanceControl
{
    public static void Answer(BinanceWire wire, SimulatedVenue venue, SimulatedConnection connection, ReadOnlySpan<byte> text)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text.ToArray());
        }
        catch (JsonException)
        {
            Error(venue, connection, 3, $"Invalid JSON: {Encoding.UTF8.GetString(text[..Math.Min(40, text.Length)]).Replace('"', '\'').Replace('\\', '/')}", "null");
            return;
        }

        using (document) Answer(wire, venue, connection, document.RootElement);
    }

    private static void Answer(BinanceWire wire, SimulatedVenue venue, SimulatedConnection connection, JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("method", out var name) || name.ValueKind != JsonValueKind.String)
        {
            Error(venue, connection, 2, "Invalid request: missing field `method` at line 1 column 1", "null");
            return;
        }

        var id = message.TryGetProperty("id", out var number) && number.ValueKind is JsonValueKind.Number or JsonValueKind.String ? number.GetRawText() : "null";
        var parameters = message.TryGetProperty("params", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToList() : [];
        switch (name.GetString())
        {
            case "SUBSCRIBE" when parameters.Count > 0 && parameters.TrueForAll(p => p.ValueKind == JsonValueKind.String):
                Subscribe(wire, venue, connection, parameters, id);
                break;
            case "UNSUBSCRIBE" when parameters.Count > 0 && parameters.TrueForAll(p => p.ValueKind == JsonValueKind.String):
                foreach (var stream in parameters)
                {
                    if (connection.Subscriptions.TryGetValue(stream.GetString()!, out var subscription)) venue.Channels.Unsubscribe(subscription);
                }

                Result(venue, connection, "null", id);
                break;
            case "LIST_SUBSCRIPTIONS":
                Result(venue, connection, $"[{string.Join(',', connection.Subscriptions.Keys.Select(s => $"\"{s}\""))}]", id);
                break;
            case "SET_PROPERTY" when parameters is [{ ValueKind: JsonValueKind.String } property, { ValueKind: JsonValueKind.True or JsonValueKind.False } value] && property.GetString() == "combined":
                connection.IsCombined = value.GetBoolean();
                Result(venue, connection, "null", id);
                break;
            case "GET_PROPERTY" when parameters is [{ ValueKind: JsonValueKind.String } property] && property.GetString() == "combined":
                Result(venue, connection, connection.IsCombined ? "true" : "false", id);
                break;
            case "SET_PROPERTY" or "GET_PROPERTY":
                Error(venue, connection, 0, "Unknown property", id);
                break;
            default:
                Error(venue, connection, 2, "Invalid request: unknown variant or parameters", id);
                break;
        }
    }

    private static void Subscribe(BinanceWire wire, SimulatedVenue venue, SimulatedConnection connection, List<JsonElement> streams, string id)
    {
        string? failed = null;
        var isAnswered = true;
        foreach (var stream in streams.Select(s => s.GetString()!))
        {
            var fault = venue.Faults.OfSubscription(connection, stream);
            if (fault == FaultKind.AckMissing) isAnswered = false;
            if (fault == FaultKind.AckError) failed = "Server is currently overloaded with other requests. Please try again in a few minutes.";
            else if (!wire.Add(connection, stream))
            {
                venue.Violate(connection, $"more than {connection.Subscriptions.Count} streams");
                Error(venue, connection, 4, "Too many subscriptions", id);
                return;
            }
        }

        if (!isAnswered) return;
        if (failed is null) Result(venue, connection, "null", id);
        else Error(venue, connection, -1008, failed, id);
    }

    private static void Result(SimulatedVenue venue, SimulatedConnection connection, string result, string id) =>
        venue.Clients.Say(connection, venue.Text.Clear().Raw("{\"result\":"u8).Raw(result).Raw(",\"id\":"u8).Raw(id).Raw("}"u8));

    private static void Error(SimulatedVenue venue, SimulatedConnection connection, int code, string message, string id) =>
        venue.Clients.Say(connection, venue.Text.Clear().Raw("{\"error\":{\"code\":"u8).Number(code).Raw(",\"msg\":\""u8).Raw(message).Raw("\"},\"id\":"u8).Raw(id).Raw("}"u8));
}
