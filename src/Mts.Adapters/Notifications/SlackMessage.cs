using System.Text.Json;
using Mts.Core.Alerts;

namespace Mts.Adapters.Notifications;

/// <summary>An alert as Slack blocks: header, section, figures, context; lengths count after escaping.</summary>
internal static class SlackMessage
{
    private const int MaxHeader = 150;
    private const int MaxSection = 3_000;
    private const int MaxFallback = 3_900;
    private const int MaxFields = 10;

    public static byte[] Of(Alert alert) => NotificationJson.Bytes(w =>
    {
        w.WriteStartObject();
        w.WriteString("text", Escaped($"{alert.Title}: {alert.Text}", MaxFallback));
        w.WriteStartArray("blocks");
        // A header is plain text, which is not unescaped.
        Block(w, "header", () => Text(w, "text", "plain_text", TextCut.To(alert.Title, MaxHeader)));
        if (alert.Text.Length > 0) Block(w, "section", () => Text(w, "text", "mrkdwn", Escaped(alert.Text, MaxSection)));
        if (alert.Figures.Count > 0) Block(w, "section", () => Fields(w, alert.Figures));
        Block(w, "context", () =>
        {
            w.WriteStartArray("elements");
            Text(w, null, "mrkdwn", Escaped($"{AlertJson.Word(alert.Severity)} · {alert.Rule} · {alert.Time}", MaxSection));
            w.WriteEndArray();
        });
        w.WriteEndArray();
        w.WriteEndObject();
    });

    private static void Fields(Utf8JsonWriter w, IReadOnlyList<AlertFigure> figures)
    {
        w.WriteStartArray("fields");
        foreach (var (name, value) in figures.Take(MaxFields)) Text(w, null, "mrkdwn", $"*{Escaped(name.Replace('_', ' '), 100)}*\n{TextCut.Figure(value)}");
        w.WriteEndArray();
    }

    private static void Block(Utf8JsonWriter w, string type, Action content)
    {
        w.WriteStartObject();
        w.WriteString("type", type);
        content();
        w.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter w, string? name, string type, string text)
    {
        if (name is null) w.WriteStartObject();
        else w.WriteStartObject(name);
        w.WriteString("type", type);
        w.WriteString("text", text);
        w.WriteEndObject();
    }

    // Cut before escaping, so that no entity is cut in two.
    private static string Escaped(string text, int limit)
    {
        var whole = Escape(text);
        if (whole.Length <= limit) return whole;
        var (length, used) = (0, 1);
        while ((used += Width(text[length])) <= limit) length++;
        return Escape(TextCut.To(text, length + 1));
    }

    private static int Width(char c) => c switch { '&' => 5, '<' or '>' => 4, _ => 1 };

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
