using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mts.Simulator.Http;

namespace Mts.Simulator.Notifications;

/// <summary>Telegram's sendMessage: one chat, HTML parsed as the service does, one message a second with short bursts, twenty a minute in a group.</summary>
internal sealed partial class TelegramFace(NotificationSimulatorOptions options) : INotificationFace
{
    private static readonly string[] Tags = ["b", "strong", "i", "em", "u", "s", "code", "pre", "a", "tg-spoiler", "blockquote"];

    private readonly Bucket second = new(options.TelegramBurst, options.TelegramBurst * 1_000L);
    private readonly Bucket minute = new(20, 60_000);

    public string Name => "telegram";

    public Reply Answer(PostRequest request, out string? taken)
    {
        taken = null;
        if (request.Path != $"/bot{options.TelegramToken}/sendMessage") return request.Path.StartsWith("/bot", StringComparison.Ordinal) ? Refuse(401, 0) : Error(404, "Not Found");
        if (request.Json() is not { } body) return Error(400, "Bad Request: can't parse JSON object");
        var chat = body.TryGetProperty("chat_id", out var id) ? id.ToString() : "";
        if (chat == options.TelegramOldChat) return Error(400, "Bad Request: group chat was upgraded to a supergroup chat", "migrate_to_chat_id", options.TelegramChat);
        if (chat != options.TelegramChat) return Error(400, "Bad Request: chat not found");
        if (second.Take(request.NowMs) is { } soon) return Refuse(429, soon);
        if (chat.StartsWith('-') && minute.Take(request.NowMs) is { } later) return Refuse(429, later);
        var text = Parsed(body.Text("text"), body.Text("parse_mode"), out var problem);
        if (problem is not null) return Error(400, "Bad Request: can't parse entities: " + problem);
        if (text.Length == 0) return Error(400, "Bad Request: message text is empty");
        if (text.Length > 4_096) return Error(400, "Bad Request: message is too long");
        taken = text;
        return Reply.Text(200, "application/json", $$"""{"ok":true,"result":{"message_id":{{request.NowMs % 1_000_000}},"date":{{request.NowMs / 1_000}} } }""");
    }

    public Reply Refuse(int status, double waitSeconds)
    {
        var wait = (int)Math.Ceiling(waitSeconds);
        return status switch
        {
            429 => Error(429, $"Too Many Requests: retry after {wait}", "retry_after", wait.ToString(CultureInfo.InvariantCulture)),
            401 => Error(401, "Unauthorized"),
            403 => Error(403, "Forbidden: bot was blocked by the user"),
            _ => Error(status, "Internal Server Error"),
        };
    }

    private static string Parsed(string text, string mode, out string? problem)
    {
        problem = null;
        if (mode != "HTML") return text;
        var open = new Stack<string>();
        var plain = new StringBuilder();
        var at = 0;
        foreach (Match tag in Tag().Matches(text))
        {
            plain.Append(text, at, tag.Index - at);
            at = tag.Index + tag.Length;
            var name = tag.Groups["name"].Value;
            if (!Tags.Contains(name, StringComparer.Ordinal)) problem ??= $"Unsupported start tag \"{name}\" at byte offset {tag.Index}";
            else if (tag.Groups["end"].Length == 0) open.Push(name);
            else if (open.Count == 0 || open.Pop() != name) problem ??= $"Unmatched end tag at byte offset {tag.Index}";
        }

        plain.Append(text, at, text.Length - at);
        var rest = plain.ToString();
        if (rest.Contains('<', StringComparison.Ordinal)) problem ??= "Unexpected '<'";
        if (open.Count > 0) problem ??= $"Can't find end tag corresponding to start tag \"{open.Peek()}\"";
        return WebUtility.HtmlDecode(rest).Trim();
    }

    private static Reply Error(int status, string description, string? parameter = null, string? value = null)
    {
        var parameters = parameter is null ? "" : $$""","parameters":{"{{parameter}}":{{value}}}""";
        return Reply.Text(status, "application/json", $$"""{"ok":false,"error_code":{{status}},"description":{{JsonSerializer.Serialize(description)}}{{parameters}}}""");
    }

    [GeneratedRegex("<(?<end>/?)(?<name>[a-zA-Z-]+)[^<>]*>", RegexOptions.None, 1_000)]
    private static partial Regex Tag();
}
