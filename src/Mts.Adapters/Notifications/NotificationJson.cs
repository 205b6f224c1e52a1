using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mts.Adapters.Notifications;

/// <summary>Reads the services' complaints, which may be JSON or not, and writes bodies.</summary>
internal static class NotificationJson
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(buffer, Readable)) write(writer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <returns>Null where the text is no JSON object.</returns>
    public static JsonDocument? TryObject(string text)
    {
        try
        {
            var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
        }
        catch (JsonException)
        {
            // An answer in words; the caller shows those.
        }

        return null;
    }

    public static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static double? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    public static TimeSpan? Seconds(JsonElement json, string name) =>
        Number(json, name) is { } seconds and >= 0 and < 86_400 ? TimeSpan.FromSeconds(seconds) : null;
}
