using System.Globalization;
using System.Text.Json;
using Mts.Core.Alerts;
using Mts.Core.Ports;

namespace Mts.Adapters.Notifications;

/// <summary>A Discord webhook. https://discord.com/developers/docs/resources/webhook#execute-webhook</summary>
/// <remarks>It asks to wait for the stored message, for without that Discord reports no failure.</remarks>
internal sealed class DiscordNotifier : INotifier, IDisposable
{
    private readonly Poster poster;
    private readonly Uri address;

    public DiscordNotifier(DiscordOptions options, Poster poster)
    {
        this.poster = poster;
        var thread = options.Thread.Length == 0 ? "" : $"&thread_id={Uri.EscapeDataString(options.Thread)}";
        address = new Uri(Rewritten(options.WebhookKey) + "?wait=true" + thread);
    }

    public string Channel => "discord";

    public static IEnumerable<string> Problems(DiscordOptions options)
    {
        if (options.WebhookKey.Length > 0 && !IsWebhook(options.WebhookKey))
            yield return "notifications.discord.webhookKey: '***' is no webhook address; it looks like https://discord.com/api/v10/webhooks/{id}/{token}";
    }

    /// <summary>The old host redirects, and an address without a version gets the deprecated sixth.</summary>
    public static string Rewritten(string webhook)
    {
        var uri = new UriBuilder(webhook) { Query = "" };
        if (uri.Host.EndsWith("discordapp.com", StringComparison.OrdinalIgnoreCase)) uri.Host = uri.Host.Replace("discordapp.com", "discord.com", StringComparison.OrdinalIgnoreCase);
        if (uri.Path.StartsWith("/api/webhooks/", StringComparison.Ordinal)) uri.Path = "/api/v10" + uri.Path["/api".Length..];
        return uri.Uri.GetLeftPart(UriPartial.Path).TrimEnd('/');
    }

    public async Task<NotifyResult> SendAsync(Alert alert, CancellationToken cancellationToken) =>
        Judge(await poster.PostAsync(address, DiscordMessage.Of(alert), [], cancellationToken));

    public void Dispose() => poster.Dispose();

    private static NotifyResult Judge(PostAnswer answer)
    {
        var (code, words, retryAfter) = Complaint(answer.Body);
        var said = words is null ? answer.Sample : $"{words}{(code is null ? "" : $" (code {code})")}";
        return answer.Status switch
        {
            0 => new NotifyResult.Later(answer.Failure!),
            >= 200 and < 300 => new NotifyResult.Delivered(Pause(answer)),
            429 => new NotifyResult.Later("429: " + said, retryAfter ?? answer.RetryAfterHeader),
            >= 500 => new NotifyResult.Later($"{answer.Status}: {said}", answer.RetryAfterHeader),
            401 or 403 or 404 => new NotifyResult.Closed($"Discord does not take the webhook: {answer.Status} {said}; check notifications.discord.webhookKey"),
            _ => new NotifyResult.Refused($"{answer.Status}: {said}"),
        };
    }

    // The bucket is empty: to ask before it is filled again would be refused.
    private static TimeSpan Pause(PostAnswer answer) =>
        answer.Headers.GetValueOrDefault("X-RateLimit-Remaining") == "0"
        && double.TryParse(answer.Headers.GetValueOrDefault("X-RateLimit-Reset-After"), CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 3_600
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.Zero;

    private static (int? Code, string? Message, TimeSpan? RetryAfter) Complaint(string body)
    {
        if (NotificationJson.TryObject(body) is not { } root) return default;
        using (root)
        {
            var json = root.RootElement;
            var message = NotificationJson.Text(json, "message");
            if (message is not null && json.TryGetProperty("errors", out var errors)) message += " " + TextCut.To(errors.GetRawText(), 300);
            return ((int?)NotificationJson.Number(json, "code"), message, NotificationJson.Seconds(json, "retry_after"));
        }
    }

    private static bool IsWebhook(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Segments is [.., "webhooks/", _, _] && uri.Segments[^1].TrimEnd('/').Length > 0;
}
