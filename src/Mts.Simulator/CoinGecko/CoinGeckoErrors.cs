using System.Text.Json;
using Mts.Simulator.Http;

namespace Mts.Simulator.CoinGecko;

/// <summary>CoinGecko's several shapes of refusal. https://docs.coingecko.com/reference/common-errors-rate-limit</summary>
internal static class CoinGeckoErrors
{
    private const string JsonType = "application/json; charset=utf-8";

    public static Reply Ok(Action<Utf8JsonWriter> write) => new Reply(200, JsonType, Json.Of(write)).With("Cache-Control", "max-age=30, public, must-revalidate, s-maxage=60");

    public static RefusalException Missing(string name) => new(Plain(422, $"Missing parameter {name}"));

    public static RefusalException Invalid(string name) => new(Plain(422, $"Invalid {name} parameter"));

    public static RefusalException NotFound() => new(Plain(404, "coin not found"));

    public static RefusalException PlanRequired(long nowMs) =>
        new(Wrapped(401, 10005, "This request is limited to PRO API subscribers. Please visit https://www.coingecko.com/en/api/pricing to subscribe to our API plans to access this endpoint.", nowMs));

    public static RefusalException TooOld(long nowMs) => new(Wrapped(
        401, 10012,
        "Your request exceeds the allowed time range. Public API users are limited to querying historical data within the past 365 days. Upgrade to a paid plan to enjoy full historical data access: https://www.coingecko.com/en/api/pricing. ",
        nowMs));

    public static Reply Plain(int status, string message) => new(status, JsonType, Json.Of(w =>
    {
        w.WriteStartObject();
        w.WriteString("error", message);
        w.WriteEndObject();
    }));

    /// <summary>The shape <c>{"status":{…}}</c>.</summary>
    public static Reply Status(int status, int code, string message, long? nowMs) => new(status, JsonType, Json.Of(w =>
    {
        w.WriteStartObject();
        WriteStatus(w, code, message, nowMs);
        w.WriteEndObject();
    }));

    /// <summary>The shape <c>{"error":{"status":{…}}}</c>.</summary>
    public static Reply Wrapped(int status, int code, string message, long nowMs) => new(status, JsonType, Json.Of(w =>
    {
        w.WriteStartObject();
        w.WriteStartObject("error");
        WriteStatus(w, code, message, nowMs);
        w.WriteEndObject();
        w.WriteEndObject();
    }));

    public static Reply TooManyRequests(int? retryAfterSeconds, int variant)
    {
        const string Message = "You've exceeded the Rate Limit. Please visit https://www.coingecko.com/en/api/pricing to subscribe to our API plans for higher rate limits.";
        var reply = (variant % 3) switch
        {
            0 => Status(429, 429, Message, null),
            1 => Reply.Text(429, "text/plain; charset=utf-8", "Throttled"),
            _ => Reply.Text(429, "text/html; charset=UTF-8", "<!DOCTYPE html><html><head><title>Access denied | api.coingecko.com used Cloudflare to restrict access</title></head><body><h1>Error 1015</h1><p>You are being rate limited</p></body></html>"),
        };
        return retryAfterSeconds is { } seconds ? reply.With("Retry-After", seconds.ToString()) : reply;
    }

    private static void WriteStatus(Utf8JsonWriter w, int code, string message, long? nowMs)
    {
        w.WriteStartObject("status");
        if (nowMs is { } ms) w.WriteString("timestamp", DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+00:00'"));
        w.WriteNumber("error_code", code);
        w.WriteString("error_message", message);
        w.WriteEndObject();
    }
}
