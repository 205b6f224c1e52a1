using System.Globalization;
using System.Net;
using System.Text.Json;
using Mts.Simulator.Http;

namespace Mts.Simulator.Notifications;

/// <summary>Slack's incoming webhook: answers in plain text, one message a second with a short burst.</summary>
internal sealed class SlackFace(NotificationSimulatorOptions options) : INotificationFace
{
    private readonly Bucket bucket = new(options.SlackBurst, options.SlackBurst * 1_000L);

    public string Name => "slack";

    public Reply Answer(PostRequest request, out string? taken)
    {
        taken = null;
        if (request.Path != options.SlackPath) return Refuse(404, 0);
        if (bucket.Take(request.NowMs) is { } wait) return Refuse(429, wait);
        if (request.Json() is not { } body) return Say(400, "invalid_payload");
        var blocks = body.List("blocks");
        if (body.Text("text").Length == 0 && blocks.Count == 0) return Say(400, "no_text");
        if (body.Text("text").Length > 40_000 || blocks.Count > 50 || blocks.Any(IsBroken)) return Say(400, "invalid_blocks");
        taken = WebUtility.HtmlDecode(body.Text("text"));
        return Say(200, "ok");
    }

    public Reply Refuse(int status, double waitSeconds) => status switch
    {
        429 => Say(429, "rate_limited").With("Retry-After", Math.Max(1, Math.Ceiling(waitSeconds)).ToString(CultureInfo.InvariantCulture)),
        403 => Say(403, "invalid_token"),
        404 => Say(404, "no_service"),
        410 => Say(410, "channel_is_archived"),
        _ => Say(status, "rollup_error"),
    };

    private static bool IsBroken(JsonElement block)
    {
        var text = block.TryGetProperty("text", out var t) ? t.Text("text") : null;
        var fields = block.List("fields");
        return block.Text("type") switch
        {
            "header" => text is not { Length: > 0 and <= 150 },
            "section" => (text is null && fields.Count == 0) || text is { Length: 0 or > 3_000 } || fields.Count > 10 || fields.Any(f => f.Text("text").Length is 0 or > 2_000),
            "context" => block.List("elements").Count is 0 or > 10,
            _ => true,
        };
    }

    private static Reply Say(int status, string words) => Reply.Text(status, "text/html", words);
}
