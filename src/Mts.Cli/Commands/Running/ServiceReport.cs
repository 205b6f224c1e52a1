using System.Text.Json;
using Mts.Cli.Live;
using Mts.Cli.Output;

namespace Mts.Cli.Commands.Running;

/// <summary>The member <c>strategies</c> of the document of <c>mts run</c>.</summary>
internal static class ServiceReport
{
    public static void Write(Utf8JsonWriter w, LiveSignals signals)
    {
        w.WriteStartObject("strategies");
        w.WriteNumber("signals", signals.Count);
        w.WriteNumber("repeated", signals.Repeated);
        w.WriteNumber("decisions", signals.Decisions);
        w.WriteStartArray("last");
        foreach (var s in signals.Recent)
        {
            w.WriteStartObject();
            w.WriteString("time", s.Time.ToString());
            w.WriteString("strategy", s.Strategy);
            w.WriteString("asset", s.Asset);
            w.WriteString("direction", s.Direction.ToString().ToUpperInvariant());
            w.WriteNumber("confidence", s.Confidence);
            w.WriteNumber("price", s.Price);
            JsonParts.WriteNumber(w, "stop", s.Stop);
            JsonParts.WriteNumber(w, "target", s.Target);
            w.WriteString("reason", s.Reason);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }
}
