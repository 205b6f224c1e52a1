using System.Text.Json;

namespace Mts.Adapters.Http;

/// <summary>Tells a whole JSON document from an HTML page, an empty body or a document that was cut.</summary>
internal static class JsonShape
{
    /// <returns>What is wrong, or null for one complete object or array.</returns>
    public static string? Complaint(ReadOnlySpan<byte> body)
    {
        var start = body.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty) return "an empty body";
        if (start[0] is not ((byte)'{' or (byte)'[')) return start[0] == '<' ? "a page of HTML or XML instead of JSON" : "text that is no JSON";
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
                // Reading to the end is the check.
            }

            return null;
        }
        catch (JsonException broken)
        {
            return $"JSON that is cut or broken at byte {broken.BytePositionInLine} of line {broken.LineNumber + 1}";
        }
    }
}
