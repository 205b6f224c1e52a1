using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Mts.Core.Market;
using Mts.Core.Performance;

namespace Mts.Engine.Reports;

/// <summary>The curves as the page's script reads them: times once, values rounded to seven digits, thinned to what zooming in is worth.</summary>
internal sealed class ChartData
{
    /// <summary>Stretches of a curve that are kept apart, two points each.</summary>
    public const int Columns = 2_000;

    private readonly Dictionary<string, IReadOnlyList<int>> kept = new(StringComparer.Ordinal);
    private readonly List<(string Name, IReadOnlyList<Timestamp> Times)> axes = [];
    private readonly List<Action<Utf8JsonWriter>> charts = [];

    /// <summary>Times that several curves share.</summary>
    public void AddTimes(string name, IReadOnlyList<EquityPoint> points, IReadOnlyList<int> indices)
    {
        kept[name] = indices;
        AddTimes(name, [.. indices.Select(i => points[i].Time)]);
    }

    public void AddTimes(string name, IReadOnlyList<Timestamp> times) => axes.Add((name, times));

    /// <param name="name">Of the chart, as its drawing states.</param>
    /// <param name="times">Of its curves; all have a point at each.</param>
    /// <param name="height">Of the drawing.</param>
    /// <param name="format">How its values are written.</param>
    /// <param name="curves">Name, kind and values; an empty one is left out.</param>
    public void Add(string name, string times, int height, string format, params (string Name, string Kind, IReadOnlyList<EquityPoint> Points)[] curves) => charts.Add(to =>
    {
        Begin(to, name, times, height, format);
        to.WriteStartArray("series");
        foreach (var (title, kind, points) in curves.Where(c => c.Points.Count > 0))
        {
            to.WriteStartObject();
            to.WriteString("name", title);
            to.WriteString("kind", kind);
            Values(to, "values", kept[times].Select(i => points[i].Value));
            to.WriteEndObject();
        }

        to.WriteEndArray();
        to.WriteEndObject();
    });

    /// <summary>A chart whose members somebody else writes.</summary>
    public void Add(string name, string times, int height, string format, Action<Utf8JsonWriter> more) => charts.Add(to =>
    {
        Begin(to, name, times, height, format);
        more(to);
        to.WriteEndObject();
    });

    public string End()
    {
        var buffer = new ArrayBufferWriter<byte>(65_536);
        using (var w = new Utf8JsonWriter(buffer)) // its own encoder: nothing in it can end a script element
        {
            w.WriteStartObject();
            w.WriteStartObject("times");
            foreach (var (name, times) in axes)
            {
                w.WriteStartArray(name);
                foreach (var time in times) w.WriteNumberValue(time.Micros / 1_000_000);
                w.WriteEndArray();
            }

            w.WriteEndObject();
            w.WriteStartObject("charts");
            foreach (var chart in charts) chart(w);
            w.WriteEndObject();
            w.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void Values(Utf8JsonWriter to, string name, IEnumerable<double> values)
    {
        to.WritePropertyName(name);
        Values(to, values);
    }

    public static void Values(Utf8JsonWriter to, IEnumerable<double> values)
    {
        to.WriteStartArray();
        Span<char> text = stackalloc char[32];
        foreach (var value in values)
        {
            if (double.IsFinite(value) && value.TryFormat(text, out var length, "G7", CultureInfo.InvariantCulture)) to.WriteRawValue(text[..length], skipInputValidation: true);
            else to.WriteNullValue();
        }

        to.WriteEndArray();
    }

    private static void Begin(Utf8JsonWriter to, string name, string times, int height, string format)
    {
        to.WriteStartObject(name);
        to.WriteString("times", times);
        to.WriteNumber("height", height);
        to.WriteString("format", format);
    }
}
