using System.Globalization;
using System.Net;
using System.Text.Json;
using Mts.Core.Alerts;
using Mts.Core.Ports;

namespace Mts.Adapters.Notifications;

/// <summary>A receiver of one's own. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md</summary>
internal sealed class WebhookNotifier(WebhookOptions options, Poster poster, TimeProvider clock) : INotifier, IDisposable
{
    private readonly Uri address = options.Address!;
    private readonly byte[][] keys = [.. new[] { options.Secret, options.PreviousSecret }.Select(WebhookSignature.Key).OfType<byte[]>()];

    public string Channel => "webhook";

    public static IEnumerable<string> Problems(WebhookOptions options)
    {
        foreach (var (name, secret) in new[] { ("secret", options.Secret), ("previousSecret", options.PreviousSecret) })
        {
            if (secret.Length > 0 && WebhookSignature.Key(secret) is null) yield return $"notifications.webhook.{name}: '***' is no secret; it is whsec_ and the base64 of 24 to 64 random bytes";
        }

        if (options is { AllowPrivate: false, Address: { } address } && (address.IsLoopback || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && !PublicAddress.IsPublic(ip))))
            yield return $"notifications.webhook.address: {address.Host} is an address of this machine or a private network; notifications.webhook.allowPrivate allows that";
    }

    public static byte[] Body(Alert alert) => NotificationJson.Bytes(w =>
    {
        w.WriteStartObject();
        w.WriteString("type", "alert." + AlertJson.Word(alert.Phase));
        w.WriteString("timestamp", alert.Time.ToString());
        w.WriteStartObject("data");
        AlertJson.WriteMembers(w, alert);
        w.WriteEndObject();
        w.WriteEndObject();
    });

    public async Task<NotifyResult> SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        var body = Body(alert);
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds();
        var answer = await poster.PostAsync(
            address, body,
            [
                ("webhook-id", alert.Id), ("webhook-timestamp", seconds.ToString(CultureInfo.InvariantCulture)),
                ("webhook-signature", WebhookSignature.Header(keys, alert.Id, seconds, body)),
            ],
            cancellationToken);
        return answer.Status switch
        {
            0 when answer.IsForbidden => new NotifyResult.Closed(answer.Failure!),
            0 => new NotifyResult.Later(answer.Failure!),
            >= 200 and < 300 => new NotifyResult.Delivered(),
            408 or 429 or >= 500 => new NotifyResult.Later($"{answer.Status}: {answer.Sample}", answer.RetryAfterHeader),
            401 or 403 or 404 or 410 => new NotifyResult.Closed($"the receiver refuses all: {answer.Status} {answer.Sample}; check notifications.webhook.address and its secret"),
            >= 300 and < 400 => new NotifyResult.Refused($"redirected ({answer.Status}), which is not followed; check notifications.webhook.address"),
            _ => new NotifyResult.Refused($"{answer.Status}: {answer.Sample}"),
        };
    }

    public void Dispose() => poster.Dispose();
}
