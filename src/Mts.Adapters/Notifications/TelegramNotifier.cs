using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Mts.Core.Alerts;
using Mts.Core.Ports;

namespace Mts.Adapters.Notifications;

/// <summary>A Telegram chat. https://core.telegram.org/bots/api#sendmessage</summary>
internal sealed class TelegramNotifier : INotifier, IDisposable
{
    private readonly Poster poster;
    private readonly ILogger log;
    private readonly Uri address;
    private readonly string token;
    private string chatId;

    // A retry goes on after the parts that are already in the chat.
    private (string Alert, int Parts) sent = ("", 0);

    public TelegramNotifier(TelegramOptions options, Poster poster, ILogger log)
    {
        (this.poster, this.log, token, chatId) = (poster, log, options.Token, options.ChatId);
        address = new Uri($"{options.BaseAddress.AbsoluteUri.TrimEnd('/')}/bot{token}/sendMessage");
    }

    public string Channel => "telegram";

    // Twenty messages a minute in a group, about one a second elsewhere.
    private TimeSpan Pause => chatId.StartsWith('-') ? TimeSpan.FromSeconds(3) : TimeSpan.FromSeconds(1);

    public static IEnumerable<string> Problems(TelegramOptions options)
    {
        if (options.Token.Length > 0 && !IsToken(options.Token))
            yield return "notifications.telegram.token: '***' is no token; it looks like 123456789:AA… as the BotFather gave it";
        if (options.ChatId.Length > 0 && !options.ChatId.StartsWith('@') && !long.TryParse(options.ChatId, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            yield return $"notifications.telegram.chatId: '{options.ChatId}' is neither a number nor @channel";
    }

    public async Task<NotifyResult> SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        var parts = TelegramText.Of(alert);
        if (sent.Alert != alert.Id) sent = (alert.Id, 0);
        while (sent.Parts < parts.Count)
        {
            var answer = await poster.PostAsync(address, Body(parts[sent.Parts]), [], cancellationToken);
            if (!answer.IsSuccess && MovedTo(answer) is { } moved)
            {
                log.LogWarning("telegram: the group has become the supergroup {New}; set notifications.telegram.chatId to it", moved);
                chatId = moved;
                answer = await poster.PostAsync(address, Body(parts[sent.Parts]), [], cancellationToken);
            }

            if (!answer.IsSuccess) return Judge(answer);
            sent.Parts++;
            if (sent.Parts < parts.Count) return new NotifyResult.Later($"part {sent.Parts} of {parts.Count} is sent", Pause);
        }

        return new NotifyResult.Delivered(Pause);
    }

    public void Dispose() => poster.Dispose();

    private byte[] Body(string html) => NotificationJson.Bytes(w =>
    {
        w.WriteStartObject();
        if (long.TryParse(chatId, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) w.WriteNumber("chat_id", number);
        else w.WriteString("chat_id", chatId);
        w.WriteString("text", html);
        w.WriteString("parse_mode", "HTML");
        w.WriteStartObject("link_preview_options");
        w.WriteBoolean("is_disabled", true);
        w.WriteEndObject();
        w.WriteEndObject();
    });

    private NotifyResult Judge(PostAnswer answer)
    {
        var said = answer.Failure ?? Words(answer);
        return answer.Status switch
        {
            0 => new NotifyResult.Later(said),
            429 => new NotifyResult.Later("429: " + said, Parameter(answer, p => NotificationJson.Seconds(p, "retry_after")) ?? answer.RetryAfterHeader),
            >= 500 => new NotifyResult.Later($"{answer.Status}: {said}", answer.RetryAfterHeader),
            401 or 404 => new NotifyResult.Closed($"Telegram does not know the bot: {answer.Status} {said}; check notifications.telegram.token"),
            403 => new NotifyResult.Closed($"the chat is closed to the bot: {said}; check notifications.telegram.chatId"),
            400 when said.Contains("chat not found", StringComparison.OrdinalIgnoreCase) => new NotifyResult.Closed($"{said}; check notifications.telegram.chatId"),
            _ => new NotifyResult.Refused($"{answer.Status}: {said}"),
        };
    }

    private string Words(PostAnswer answer)
    {
        using var root = NotificationJson.TryObject(answer.Body);
        var words = root is null ? null : NotificationJson.Text(root.RootElement, "description");
        return (words ?? answer.Sample).Replace(token, "***", StringComparison.Ordinal);
    }

    private static string? MovedTo(PostAnswer answer) =>
        Parameter(answer, p => p.TryGetProperty("migrate_to_chat_id", out var id) && id.TryGetInt64(out var number) ? number.ToString(CultureInfo.InvariantCulture) : null);

    private static T? Parameter<T>(PostAnswer answer, Func<JsonElement, T?> read)
    {
        using var root = NotificationJson.TryObject(answer.Body);
        return root is not null && root.RootElement.TryGetProperty("parameters", out var parameters) && parameters.ValueKind == JsonValueKind.Object ? read(parameters) : default;
    }

    private static bool IsToken(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && text[..colon].All(char.IsAsciiDigit) && text.Length > colon + 1 && text[(colon + 1)..].All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
    }
}
