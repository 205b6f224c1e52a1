using System.Text.Json;

namespace Mts.Core.Alerts;

/// <summary>An alert as JSON, the same in files, webhooks and answers; names in snake_case, times ISO 8601.</summary>
public static class AlertJson
{
    /// <summary>Writes the members of an alert into the object that the caller has begun.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, Alert alert)
    {
        writer.WriteString("id", alert.Id);
        writer.WriteString("time", alert.Time.ToString());
        writer.WriteString("rule", alert.Rule);
        writer.WriteString("kind", alert.Kind);
        writer.WriteString("severity", Word(alert.Severity));
        writer.WriteString("phase", Word(alert.Phase));
        writer.WriteString("subject", alert.Subject);
        writer.WriteString("title", alert.Title);
        writer.WriteString("text", alert.Text);
        writer.WriteStartObject("figures");
        foreach (var (name, value) in alert.Figures) WriteFigure(writer, name, value);
        writer.WriteEndObject();
    }

    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static void WriteFigure(Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsFinite(value)) writer.WriteNumber(name, value);
        else writer.WriteNull(name);
    }
}
