using System.Text.Json;

namespace Mts.Simulator.Notifications;

/// <summary>What a face sees of one POST.</summary>
/// <param name="Path">Without the query.</param>
/// <param name="Query">The raw query, without the question mark.</param>
/// <param name="Body">The bytes as they came.</param>
/// <param name="Header">The request's headers.</param>
/// <param name="NowMs">The simulator's time of receipt.</param>
internal sealed record PostRequest(string Path, string Query, byte[] Body, Func<string, string?> Header, long NowMs)
{
    /// <returns>Null where the body is no JSON object.</returns>
    public JsonElement? Json()
    {
        try
        {
            using var document = JsonDocument.Parse(Body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
