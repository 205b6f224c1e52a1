using Mts.Simulator.Http;

namespace Mts.Simulator.Binance;

/// <summary>Binance's error bodies. https://developers.binance.com/docs/binance-spot-api-docs/errors</summary>
internal static class BinanceRefusal
{
    private const string JsonType = "application/json;charset=UTF-8";

    public static Reply Reply(int status, int code, string message) => new(status, JsonType, Json.Of(w =>
    {
        w.WriteStartObject();
        w.WriteNumber("code", code);
        w.WriteString("msg", message);
        w.WriteEndObject();
    }));

    public static Reply Ok(byte[] body) => new(200, JsonType, body);

    public static RefusalException Bad(int code, string message) => new(Reply(400, code, message));

    public static RefusalException Missing(string name) => Bad(-1102, $"Mandatory parameter '{name}' was not sent, was empty/null, or malformed.");

    public static RefusalException Illegal(string name, string range) => Bad(-1100, $"Illegal characters found in parameter '{name}'; legal range is '{range}'.");

    public static RefusalException Invalid(string name) => Bad(-1130, $"Data sent for parameter '{name}' is not valid.");

    public static RefusalException UnknownSymbol() => Bad(-1121, "Invalid symbol.");
}
