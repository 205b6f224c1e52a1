using System.Text.Json;
using Mts.Simulator.Http;

namespace Mts.Simulator.Bybit;

/// <summary>Bybit's envelope; what fails for the caller's sake still has HTTP status 200. https://bybit-exchange.github.io/docs/v5/error</summary>
internal static class BybitEnvelope
{
    private const string JsonType = "application/json; charset=utf-8";

    public static Reply Ok(long nowMs, Action<Utf8JsonWriter> result) => Write(200, 0, "OK", nowMs, result);

    public static Reply Error(int code, string message, long nowMs, int status = 200) => Write(status, code, message, nowMs, static _ => { });

    public static RefusalException Refuse(int code, string message, long nowMs) => new(Error(code, message, nowMs));

    private static Reply Write(int status, int code, string message, long nowMs, Action<Utf8JsonWriter> result) => new(status, JsonType, Json.Of(w =>
    {
        w.WriteStartObject();
        w.WriteNumber("retCode", code);
        w.WriteString("retMsg", message);
        w.WriteStartObject("result");
        result(w);
        w.WriteEndObject();
        w.WriteStartObject("retExtInfo");
        w.WriteEndObject();
        w.WriteNumber("time", nowMs);
        w.WriteEndObject();
    }));
}
