using Mts.Core.Alerts;
using Mts.Core.Ports;

namespace Mts.Adapters.Notifications;

/// <summary>A Slack incoming webhook. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks</summary>
internal sealed class SlackNotifier(SlackOptions options, Poster poster) : INotifier, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Uri address = new(options.WebhookKey);

    public string Channel => "slack";

    public static IEnumerable<string> Problems(SlackOptions options)
    {
        if (options.WebhookKey.Length > 0 && !(Uri.TryCreate(options.WebhookKey, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.AbsolutePath.Length > 1))
            yield return "notifications.slack.webhookKey: '***' is no webhook address; it looks like https://hooks.slack.com/services/T…/B…/X…";
    }

    public async Task<NotifyResult> SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        var answer = await poster.PostAsync(address, SlackMessage.Of(alert), [], cancellationToken);
        return answer.Status switch
        {
            0 => new NotifyResult.Later(answer.Failure!),
            >= 200 and < 300 => new NotifyResult.Delivered(Pause),
            429 => new NotifyResult.Later("429: " + answer.Sample, answer.RetryAfterHeader),
            >= 500 => new NotifyResult.Later($"{answer.Status}: {answer.Sample}", answer.RetryAfterHeader),
            401 or 403 or 404 or 410 => new NotifyResult.Closed($"Slack does not take the webhook: {answer.Status} {answer.Sample}; check notifications.slack.webhookKey"),
            _ => new NotifyResult.Refused($"{answer.Status}: {answer.Sample}"),
        };
    }

    public void Dispose() => poster.Dispose();
}
