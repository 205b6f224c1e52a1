using System.Text.Json;
using Mts.Core.Alerts;

namespace Mts.Cli.Commands.Alerts;

/// <summary>One channel's part in an alert, as JSON.</summary>
internal static class DeliveryJson
{
    public static void Write(Utf8JsonWriter writer, AlertDelivery delivery)
    {
        writer.WriteStartObject();
        writer.WriteString("channel", delivery.Channel);
        writer.WriteString("state", AlertJson.Word(delivery.State));
        writer.WriteNumber("attempts", delivery.Attempts);
        writer.WriteString("reason", delivery.Reason);
        writer.WriteEndObject();
    }
}
