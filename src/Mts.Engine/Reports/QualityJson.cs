using System.Text.Json;
using Mts.Core.Quality;
using Mts.Engine.Guards;

namespace Mts.Engine.Reports;

/// <summary>How good the data was, as the member <c>quality</c> of a result's document.</summary>
internal static class QualityJson
{
    private const int HolesShown = 20;

    public static void Write(Utf8JsonWriter w, IReadOnlyList<SeriesQuality>? quality)
    {
        if (quality is null)
        {
            w.WriteNull("quality");
            return;
        }

        w.WriteStartArray("quality");
        foreach (var series in quality) Write(w, series);
        w.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter w, SeriesQuality q)
    {
        w.WriteStartObject();
        w.WriteString("venue", q.Key.Venue);
        w.WriteString("symbol", q.Key.Symbol.ToString());
        w.WriteString("interval", q.Key.Interval.ToString());
        w.WriteString("verdict", VerdictsJson.Word(DataVerdict.Of(q)));
        w.WriteNumber("expected", q.Expected);
        w.WriteNumber("present", q.Present);
        JsonFigures.Number(w, "coverage", q.Coverage);
        w.WriteNumber("missing_bars", q.Holes.Sum(h => h.Bars));
        w.WriteNumber("holes", q.Holes.Count);
        w.WriteStartArray("first_holes");
        foreach (var hole in q.Holes.Take(HolesShown))
        {
            w.WriteStartObject();
            w.WriteString("from", hole.From.ToString());
            w.WriteString("until", hole.Until.ToString());
            w.WriteNumber("bars", hole.Bars);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteNumber("refused", q.Refused);
        w.WriteNumber("revised", q.Revised);
        w.WriteNumber("conflicts", q.Conflicts);
        w.WriteStartObject("sources");
        foreach (var source in q.Sources) w.WriteNumber(source.Source, source.Bars);
        w.WriteEndObject();
        w.WriteNumber("verified_segments", q.Verified);
        w.WriteNumber("unverified_segments", q.Unverified);
        w.WriteStartArray("damaged");
        foreach (var damaged in q.Damaged) w.WriteStringValue(damaged);
        w.WriteEndArray();
        w.WriteEndObject();
    }
}
