using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mts.Adapters.Http;

namespace Mts.Adapters.Binance;

/// <summary>Binance's ways to say no: <c>{"code":-1121,"msg":"…"}</c>, or a page of its firewall.</summary>
/// <remarks>https://developers.binance.com/docs/binance-spot-api-docs/errors</remarks>
internal static partial class BinanceFaults
{
    // Longer than one call may take, so that the caller hears of it instead of waiting in silence.
    private static readonly TimeSpan FirewallRest = TimeSpan.FromMinutes(10);

    public static ServiceFault? Read(ServiceResponse answer)
    {
        var error = Error(answer.Body.Span);
        if (error is null && answer.IsSuccess) return null;
        var (code, message) = error ?? (null, null);
        return answer.Status switch
        {
            418 => new ServiceFault(Text(code), $"{message} This address is banned for a while; ask less often.", FaultKind.Banned, BanEnd(answer, message)),
            429 => new ServiceFault(Text(code), message, FaultKind.RateLimited),
            451 => new ServiceFault(Text(code), $"{message} The venue does not serve this location; set another baseAddress in config/exchanges/binance.json (https://data-api.binance.vision for spot data), or use another venue.", FaultKind.Refused),
            403 when code is null => new ServiceFault(null, "the venue's firewall refused the request; this address may ask too often.", FaultKind.RateLimited, FirewallRest),
            _ => error is null ? null : new ServiceFault(Text(code), $"{message} {Advice(code!.Value)}".TrimEnd(), Kind(code.Value, answer.Status)),
        };
    }

    private static FaultKind? Kind(long code, int status) => code switch
    {
        -1003 => FaultKind.RateLimited,
        -1000 or -1001 or -1006 or -1007 or -1008 => FaultKind.Transient,
        _ when status is >= 200 and < 300 => FaultKind.Refused,
        _ => null,
    };

    private static string Advice(long code) => code switch
    {
        -1121 => "The venue lists no such market; 'mts symbols' shows those there are.",
        -1122 or -1220 => "The market does not trade now.",
        -1120 => "The venue has no bars of this interval; 'mts data' can make longer ones of shorter ones.",
        -1127 => "The range of one request is too long; lower barsPerPage in config/exchanges/binance.json.",
        -1130 or -1128 or -1100 or -1101 or -1102 or -1103 or -1104 or -1105 or -1106 => "The venue has changed its rules or config/exchanges/binance.json is wrong.",
        -2014 or -2015 => "Check the API key and the addresses it is allowed from.",
        _ => "",
    };

    private static string? Text(long? code) => code?.ToString(CultureInfo.InvariantCulture);

    // The header tells it in seconds; without one, the text tells the moment by the venue's clock.
    private static TimeSpan? BanEnd(ServiceResponse answer, string? message)
    {
        if (int.TryParse(answer.Header("Retry-After"), NumberStyles.None, CultureInfo.InvariantCulture, out _)) return null;
        var match = message is null ? null : BannedUntil().Match(message);
        return match is { Success: true } && long.TryParse(match.Groups["until"].ValueSpan, CultureInfo.InvariantCulture, out var until)
            ? Timestamp.FromUnixMilliseconds(until) - answer.Received
            : null;
    }

    private static (long? Code, string? Message)? Error(ReadOnlySpan<byte> body)
    {
        if (body.TrimStart(" \t\r\n"u8) is not [(byte)'{', ..]) return null;
        var reader = new Utf8JsonReader(body);
        (long? Code, string? Message) error = default;
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isCode, isMessage) = (reader.ValueTextEquals("code"u8), reader.ValueTextEquals("msg"u8));
                // An answer that starts with anything else is no error.
                if (!isCode && !isMessage && error == default) return null;
                reader.Read();
                if (isCode && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var code)) error.Code = code;
                else if (isMessage && reader.TokenType == JsonTokenType.String) error.Message = reader.GetString();
                else reader.Skip();
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }

        return error.Code is null ? null : error;
    }

    [GeneratedRegex("banned until (?<until>[0-9]{13})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex BannedUntil();
}
