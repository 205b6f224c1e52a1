using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mts.Engine.Reports;

/// <summary>How figures stand in every document: doubles shortest round-trip, decimals plain, what is undefined null.</summary>
internal static class JsonFigures
{
    public static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Plain(Utf8JsonWriter w, string name, decimal? value)
    {
        if (value is { } v) w.WritePropertyName(name);
        else w.WriteNull(name);
        if (value is { } amount) w.WriteRawValue(Plain(amount));
    }

    public static string Plain(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    public static void Number(Utf8JsonWriter w, string name, double? value)
    {
        if (value is { } v && double.IsFinite(v)) w.WriteNumber(name, v);
        else w.WriteNull(name);
    }
}
