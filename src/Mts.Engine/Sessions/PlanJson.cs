using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Mts.Core;
using Mts.Core.Market;

namespace Mts.Engine.Sessions;

/// <summary>A session's plan as the first record of its journal.</summary>
internal static class PlanJson
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower),
            new Text<Timestamp>(t => Timestamp.Parse(t)), new Text<Interval>(Interval.Parse), new Text<Symbol>(Symbol.Parse),
        },
    };

    public static byte[] Write(SessionPlan plan) => JsonSerializer.SerializeToUtf8Bytes(plan, Format);

    /// <exception cref="DataValidationException">It is no plan that this version understands.</exception>
    public static SessionPlan Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<SessionPlan>(json, Format) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new DataValidationException($"the journal's plan cannot be read: {e.Message} It was written by another version of mts.", e);
        }
    }

    /// <summary>The first place where two plans part, in words; null for none.</summary>
    public static string? Difference(SessionPlan a, SessionPlan b) => Difference("", JsonSerializer.SerializeToNode(a, Format), JsonSerializer.SerializeToNode(b, Format));

    private static string? Difference(string path, JsonNode? a, JsonNode? b)
    {
        if (JsonNode.DeepEquals(a, b)) return null;
        if (a is not JsonObject of || b is not JsonObject with) return $"{path} is {Shown(a)}, not {Shown(b)}";
        return of.Concat(with).Select(m => m.Key).Distinct().Select(name => Difference(path.Length > 0 ? $"{path}.{name}" : name, of[name], with[name])).First(d => d is not null);
    }

    private static string Shown(JsonNode? value) => value?.ToJsonString() ?? "none";

    private sealed class Text<T>(Func<string, T> parse) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
