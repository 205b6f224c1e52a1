using System.Globalization;
using System.Text.Json;
using Mts.Adapters.Http;

namespace Mts.Adapters.Bybit;

/// <summary>Bybit's ways to say no: <c>retCode</c> other than 0 with HTTP 200, or 403 from the edge.</summary>
/// <remarks>https://bybit-exchange.github.io/docs/v5/error, https://bybit-exchange.github.io/docs/v5/rate-limit</remarks>
internal static class BybitFaults
{
    public const string ResetHeader = "X-Bapi-Limit-Reset-Timestamp";

    public static ServiceFault? Read(ServiceResponse answer)
    {
        if (answer.Status == 403) return Forbidden(answer.Body.Span);
        if (Error(answer.Body.Span) is not { } error || error.Code == 0) return null;
        var code = error.Code.ToString(CultureInfo.InvariantCulture);
        return new ServiceFault(code, $"{error.Message} {Advice(error.Code, error.Message)}".Trim(), Kind(error.Code), error.Code == 10006 ? UntilReset(answer) : null);
    }

    // The edge blocks whole countries with a page; everything else there means too many requests.
    private static ServiceFault Forbidden(ReadOnlySpan<byte> body) =>
        body.IndexOf("too frequent"u8) < 0 && (body.IndexOf("country"u8) >= 0 || body.IndexOf("CloudFront"u8) >= 0)
            ? new ServiceFault(null, "the venue does not serve this location; set another baseAddress in config/exchanges/bybit.json, or use another venue.", FaultKind.Refused)
            : new ServiceFault(null, "the venue has banned this address for asking too often; the ban ends by itself.", FaultKind.Banned);

    private static FaultKind Kind(long code) => code switch
    {
        10006 => FaultKind.RateLimited,
        10000 or 10016 or 10019 or 429 or 10429 => FaultKind.Transient,
        _ => FaultKind.Refused,
    };

    private static string Advice(long code, string? message) => code switch
    {
        10001 when message?.Contains("symbol", StringComparison.OrdinalIgnoreCase) == true => "The venue lists no such market; 'mts symbols' shows those there are.",
        10001 => "The venue has changed its rules or config/exchanges/bybit.json is wrong.",
        10009 or 10024 => "The venue does not serve this location; use another baseAddress or venue.",
        10003 or 10004 or 10005 or 10007 or 10010 or 33004 => "Check the API key, its rights and the host it belongs to.",
        _ => "",
    };

    private static TimeSpan? UntilReset(ServiceResponse answer) =>
        long.TryParse(answer.Header(ResetHeader), NumberStyles.None, CultureInfo.InvariantCulture, out var reset) && reset <= Timestamp.MaxValue.UnixMilliseconds
            ? Timestamp.FromUnixMilliseconds(reset) - answer.Received
            : null;

    private static (long Code, string? Message)? Error(ReadOnlySpan<byte> body)
    {
        if (body.TrimStart(" \t\r\n"u8) is not [(byte)'{', ..]) return null;
        var reader = new Utf8JsonReader(body);
        long? code = null;
        string? message = null;
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isCode, isMessage) = (reader.ValueTextEquals("retCode"u8), reader.ValueTextEquals("retMsg"u8));
                reader.Read();
                if (isCode && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value)) code = value;
                else if (isMessage && reader.TokenType == JsonTokenType.String) message = reader.GetString();
                else reader.Skip();
                // A success needs no words.
                if (code == 0) return (0, null);
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }

        return code is { } c ? (c, message) : null;
    }
}
