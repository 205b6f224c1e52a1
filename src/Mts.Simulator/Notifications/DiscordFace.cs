using System.Globalization;
using System.Text.Json;
using Mts.Simulator.Http;

namespace Mts.Simulator.Notifications;

/// <summary>Discord's webhooks, with its limits of an embed and five requests in two seconds.</summary>
internal sealed class DiscordFace(NotificationSimulatorOptions options) : INotificationFace
{
    private readonly Bucket bucket = new(options.DiscordPerTwoSeconds, 2_000);

    public string Name => "discord";

    public Reply Answer(PostRequest request, out string? taken)
    {
        taken = null;
        if (request.Path != $"/api/v10/webhooks/{options.DiscordId}/{options.DiscordToken}") return Refuse(404, 0);
        if (bucket.Take(request.NowMs) is { } wait) return Refuse(429, wait);
        if (request.Json() is not { } body) return Error(400, 50109, "The request body contains invalid JSON.");
        var embeds = body.List("embeds");
        if (body.Text("content").Length == 0 && embeds.Count == 0) return Error(400, 50006, "Cannot send an empty message");
        if (Broken(body, embeds) is { } path) return Error(400, 50035, "Invalid Form Body", path);
        taken = body.Text("content") + string.Join('\n', embeds.Select(e => $"{e.Text("title")}\n{e.Text("description")}"));
        var reply = request.Query.Split('&').Contains("wait=true", StringComparer.Ordinal)
            ? Reply.Text(200, "application/json", """{"id":"1","type":0,"content":""}""")
            : new Reply(204, "application/json", []);
        return reply.With("X-RateLimit-Limit", Text(bucket.Limit)).With("X-RateLimit-Remaining", Text(bucket.Left))
            .With("X-RateLimit-Reset-After", Text(bucket.ResetAfter(request.NowMs))).With("X-RateLimit-Bucket", "sim");
    }

    public Reply Refuse(int status, double waitSeconds) => status switch
    {
        429 => Reply.Text(429, "application/json", $$"""{"message":"You are being rate limited.","retry_after":{{Text(waitSeconds)}},"global":false}""")
            .With("Retry-After", Text(Math.Ceiling(waitSeconds))).With("X-RateLimit-Scope", "user"),
        401 => Error(401, 50027, "Invalid Webhook Token"),
        404 => Error(404, 10015, "Unknown Webhook"),
        _ => Error(status, 0, $"{status}: Refused"),
    };

    private static string? Broken(JsonElement body, IReadOnlyList<JsonElement> embeds)
    {
        if (body.Text("content").Length > 2_000) return "content";
        if (embeds.Count > 10) return "embeds";
        var sum = 0;
        for (var i = 0; i < embeds.Count; i++)
        {
            var e = embeds[i];
            var fields = e.List("fields");
            var footer = e.TryGetProperty("footer", out var f) ? f.Text("text") : "";
            sum += e.Text("title").Length + e.Text("description").Length + footer.Length + fields.Sum(x => x.Text("name").Length + x.Text("value").Length);
            if (e.Text("title").Length > 256) return $"embeds.{i}.title";
            if (e.Text("description").Length > 4_096) return $"embeds.{i}.description";
            if (footer.Length > 2_048) return $"embeds.{i}.footer.text";
            if (fields.Count > 25 || fields.Any(x => x.Text("name").Length is 0 or > 256 || x.Text("value").Length is 0 or > 1_024)) return $"embeds.{i}.fields";
        }

        return sum > 6_000 ? "embeds" : null;
    }

    private static Reply Error(int status, int code, string message, string? path = null) => new(status, "application/json", Json.Of(w =>
    {
        w.WriteStartObject();
        w.WriteString("message", message);
        w.WriteNumber("code", code);
        if (path is not null)
        {
            w.WriteStartObject("errors");
            foreach (var part in path.Split('.')) w.WriteStartObject(part);
            w.WriteStartArray("_errors");
            w.WriteStartObject();
            w.WriteString("code", "BASE_TYPE_BAD_LENGTH");
            w.WriteString("message", "Must be shorter.");
            w.WriteEndObject();
            w.WriteEndArray();
            foreach (var _ in path.Split('.')) w.WriteEndObject();
            w.WriteEndObject();
        }

        w.WriteEndObject();
    }));

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
