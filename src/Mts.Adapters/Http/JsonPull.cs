using System.Text;
using System.Text.Json;

namespace Mts.Adapters.Http;

internal delegate T JsonRead<out T>(ref Utf8JsonReader reader);

/// <summary>Pulls values out of a payload and turns whatever is not as expected into one exception that quotes it.</summary>
internal static class JsonPull
{
    private const int SampleLength = 80;

    /// <param name="source">The service.</param>
    /// <param name="what">What the payload should be.</param>
    /// <param name="body">The payload.</param>
    /// <param name="read">Starts on the first token.</param>
    /// <exception cref="DataValidationException">The payload is not what it should be.</exception>
    public static T Read<T>(string source, string what, ReadOnlySpan<byte> body, JsonRead<T> read)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            _ = reader.Read();
            return read(ref reader);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            var at = (int)reader.TokenStartIndex;
            var sample = Encoding.UTF8.GetString(body.Slice(at, Math.Min(SampleLength, body.Length - at)));
            throw new DataValidationException($"{source}: {what} is not as documented at byte {at}: {broken.Message} Found: {sample}", broken);
        }
    }

    public static void Expect(this ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (reader.TokenType != token) throw new FormatException($"Expected {token}, found {reader.TokenType}.");
    }

    /// <summary>Moves to the next property's value.</summary>
    /// <returns>The property's name, or null at the end of the object.</returns>
    public static string? NextProperty(this ref Utf8JsonReader reader)
    {
        _ = reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject) return null;
        reader.Expect(JsonTokenType.PropertyName);
        var name = reader.GetString();
        _ = reader.Read();
        return name;
    }

    /// <summary>Moves to the next element of an array.</summary>
    /// <returns>False at its end.</returns>
    public static bool NextElement(this ref Utf8JsonReader reader)
    {
        _ = reader.Read();
        return reader.TokenType != JsonTokenType.EndArray;
    }

    /// <summary>Each element of the array on which the reader stands.</summary>
    public static List<T> Array<T>(this ref Utf8JsonReader reader, JsonRead<T> element)
    {
        reader.Expect(JsonTokenType.StartArray);
        var list = new List<T>();
        while (reader.NextElement()) list.Add(element(ref reader));
        return list;
    }

    public static double Number(this ref Utf8JsonReader reader)
    {
        var value = reader.GetDouble();
        return double.IsFinite(value) ? value : throw new FormatException("The number is too large.");
    }

    public static double? NumberOrNull(this ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null : reader.Number();
}
