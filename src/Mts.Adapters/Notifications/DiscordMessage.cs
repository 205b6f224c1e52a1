using System.Text.Json;
using Mts.Core.Alerts;

namespace Mts.Adapters.Notifications;

/// <summary>An alert as one embed within Discord's limits; mentions are off, for texts come from outside.</summary>
internal static class DiscordMessage
{
    private const int MaxTitle = 256;
    private const int MaxDescription = 4_096;
    private const int MaxFields = 25;

    public static byte[] Of(Alert alert) => NotificationJson.Bytes(w =>
    {
        w.WriteStartObject();
        w.WriteString("username", "MTS");
        w.WriteStartArray("embeds");
        w.WriteStartObject();
        w.WriteString("title", TextCut.To(alert.Title, MaxTitle));
        if (alert.Text.Length > 0) w.WriteString("description", TextCut.To(alert.Text, MaxDescription));
        w.WriteNumber("color", Color(alert));
        w.WriteString("timestamp", alert.Time.ToString());
        w.WriteStartArray("fields");
        // 256 + 4,096 + the footer + 25 short fields stay below the 6,000 of a whole message.
        foreach (var (name, value) in alert.Figures.Take(MaxFields).Where(f => f.Name.Length > 0))
        {
            w.WriteStartObject();
            w.WriteString("name", TextCut.To(name.Replace('_', ' '), 24));
            w.WriteString("value", TextCut.To(TextCut.Figure(value), 24));
            w.WriteBoolean("inline", true);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteStartObject("footer");
        w.WriteString("text", TextCut.To($"{alert.Rule} · {AlertJson.Word(alert.Severity)} · {alert.Id}", 200));
        w.WriteEndObject();
        w.WriteEndObject();
        w.WriteEndArray();
        w.WriteStartObject("allowed_mentions");
        w.WriteStartArray("parse");
        w.WriteEndArray();
        w.WriteEndObject();
        w.WriteEndObject();
    });

    private static int Color(Alert alert) => (alert.Phase, alert.Severity) switch
    {
        (AlertPhase.Cleared, _) => 0x2ECC71,
        (_, AlertSeverity.Critical) => 0xE74C3C,
        (_, AlertSeverity.Warning) => 0xE67E22,
        _ => 0x3498DB,
    };
}
