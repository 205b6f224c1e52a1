using System.Text.Json;
using Mts.Core.Quality;

namespace Mts.Cli.Output;

/// <summary>Pieces that several documents share.</summary>
internal static class JsonParts
{
    public static void Write(Utf8JsonWriter w, Hole hole)
    {
        w.WriteStartObject();
        w.WriteString("from", hole.From.ToString());
        w.WriteString("until", hole.Until.ToString());
        w.WriteNumber("bars", hole.Bars);
        w.WriteEndObject();
    }

    public static void WriteSeries(Utf8JsonWriter w, SeriesKey key)
    {
        w.WriteString("venue", key.Venue);
        w.WriteString("symbol", key.Symbol.ToString());
        w.WriteString("interval", key.Interval.ToString());
    }

    public static void WriteTime(Utf8JsonWriter w, string name, Timestamp? time) => w.WriteString(name, time?.ToString());

    /// <summary>Null where the figure is undefined.</summary>
    public static void WriteNumber(Utf8JsonWriter w, string name, double? value)
    {
        if (value is { } v) w.WriteNumber(name, v);
        else w.WriteNull(name);
    }

    /// <inheritdoc cref="WriteNumber(Utf8JsonWriter, string, double?)"/>
    public static void WriteNumber(Utf8JsonWriter w, string name, long? value)
    {
        if (value is { } v) w.WriteNumber(name, v);
        else w.WriteNull(name);
    }

    public static void WriteTexts(Utf8JsonWriter w, string name, IEnumerable<string> texts)
    {
        w.WriteStartArray(name);
        foreach (var text in texts) w.WriteStringValue(text);
        w.WriteEndArray();
    }
}
