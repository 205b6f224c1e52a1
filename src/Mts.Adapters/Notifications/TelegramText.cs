using System.Text;
using Mts.Core.Alerts;

namespace Mts.Adapters.Notifications;

/// <summary>An alert in Telegram's HTML, in parts of at most 4,096 characters after parsing; no tag reaches over the end of a part.</summary>
internal static class TelegramText
{
    private const int Limit = 4_096;

    public static IReadOnlyList<string> Of(Alert alert)
    {
        var title = TextCut.To(alert.Title, 256);
        var lines = new List<string>();
        if (alert.Text.Length > 0) lines.AddRange(alert.Text.Split('\n'));
        lines.AddRange(alert.Figures.Select(f => $"{f.Name.Replace('_', ' ')}: {TextCut.Figure(f.Value)}"));
        lines.Add($"{AlertJson.Word(alert.Severity)} · {alert.Rule} · {alert.Time}");
        var parts = Parts(lines, Limit - title.Length - 1).ToList();
        return [.. parts.Select((part, i) => i == 0 ? $"{Mark(alert)}<b>{Escape(title)}</b>\n{Escape(part)}" : Escape(part))];
    }

    public static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    // Every part leaves room for title and mark, so that the first one needs no other limit.
    private static IEnumerable<string> Parts(IEnumerable<string> lines, int limit)
    {
        limit -= 4;
        var part = new StringBuilder();
        foreach (var line in lines.SelectMany(l => Pieces(l, limit)))
        {
            if (part.Length > 0 && part.Length + 1 + line.Length > limit)
            {
                yield return part.ToString();
                part.Clear();
            }

            if (part.Length > 0) part.Append('\n');
            part.Append(line);
        }

        yield return part.ToString();
    }

    private static IEnumerable<string> Pieces(string line, int limit)
    {
        while (line.Length > limit)
        {
            var end = line.LastIndexOf(' ', limit - 1);
            if (end <= 0) end = char.IsHighSurrogate(line[limit - 1]) ? limit - 1 : limit;
            yield return line[..end];
            line = line[end..].TrimStart(' ');
        }

        yield return line;
    }

    private static string Mark(Alert alert) => (alert.Phase, alert.Severity) switch
    {
        (AlertPhase.Cleared, _) => "✅ ",
        (_, AlertSeverity.Critical) => "🔴 ",
        (_, AlertSeverity.Warning) => "🟠 ",
        _ => "🔵 ",
    };
}
