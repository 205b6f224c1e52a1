using System.Globalization;
using System.Text.Json;
using Mts.Adapters.Http;

namespace Mts.Adapters.CoinGecko;

/// <summary>Reads CoinGecko's errors: two envelopes, a bare string, or no JSON at all.</summary>
/// <remarks>https://docs.coingecko.com/reference/common-errors-rate-limit</remarks>
internal static class CoinGeckoFaults
{
    private const string KeySetting = "sources.coingecko.apiKey (MTS__Sources__CoinGecko__ApiKey)";

    public static ServiceFault? Read(ServiceResponse answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (JsonException)
        {
            // Plain text or a page of the content network: the status speaks, and the client quotes the body.
            return null;
        }
    }

    private static ServiceFault? Read(JsonElement root)
    {
        if (root.TryGetProperty("error", out var error))
        {
            if (error.ValueKind == JsonValueKind.String) return new ServiceFault(null, error.GetString());
            if (error.ValueKind == JsonValueKind.Object && error.TryGetProperty("status", out var inner)) return Status(inner);
        }

        return root.TryGetProperty("status", out var status) ? Status(status) : null;
    }

    private static ServiceFault? Status(JsonElement status)
    {
        if (status.ValueKind != JsonValueKind.Object || !status.TryGetProperty("error_code", out var code)) return null;
        var number = code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var value) ? value : 0;
        var message = status.TryGetProperty("error_message", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        return new ServiceFault(number.ToString(CultureInfo.InvariantCulture), $"{message?.Trim()} {Advice(number)}".Trim(), Kind(number));
    }

    private static FaultKind? Kind(int code) => code switch
    {
        429 => FaultKind.RateLimited,
        10002 or 10010 or 10011 => FaultKind.KeyRefused,
        _ => null,
    };

    private static string Advice(int code) => code switch
    {
        10002 => $"Set {KeySetting}.",
        10005 => "The plan does not include this; see sources.coingecko.plan.",
        10010 => "This is a Pro key: set sources.coingecko.plan to Pro.",
        10011 => "This is a Demo key: set sources.coingecko.plan to Demo.",
        10012 => "Ask for the last 365 days, or set sources.coingecko.plan to Pro with a key of a paid plan.",
        _ => "",
    };
}
