using System.Text.Json;
using Mts.Adapters.Http;

namespace Mts.Adapters.Fred;

/// <summary>Reads FRED's errors; a bad key is a 400 as any other bad parameter.</summary>
/// <remarks>https://fred.stlouisfed.org/docs/api/fred/errors.html</remarks>
internal static class FredFaults
{
    public static ServiceFault? Read(ServiceResponse answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("error_code", out var code)) return null;
            var message = root.TryGetProperty("error_message", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : "";
            return message is not null && message.Contains("api_key", StringComparison.OrdinalIgnoreCase)
                ? new ServiceFault(code.ToString(), $"{message} Set {FredOptions.KeySetting} to the key of your account.", FaultKind.KeyRefused)
                : new ServiceFault(code.ToString(), message);
        }
        catch (JsonException)
        {
            // XML or HTML: the status speaks, and the client quotes the body.
            return null;
        }
    }
}
