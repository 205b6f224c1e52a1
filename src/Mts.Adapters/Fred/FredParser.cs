using System.Globalization;
using System.Text.Json;
using Mts.Adapters.Http;

namespace Mts.Adapters.Fred;

/// <summary>FRED's payloads as domain values.</summary>
/// <exception cref="DataValidationException">Each method throws it for a payload that is not as documented.</exception>
public static class FredParser
{
    /// <summary>A page of <c>series/observations</c> with output type 1.</summary>
    public static FredPage Observations(ReadOnlySpan<byte> body) =>
        JsonPull.Read(FredClient.ServiceName, "observations", body, static (ref Utf8JsonReader reader) =>
        {
            reader.Expect(JsonTokenType.StartObject);
            var (count, offset, units) = (-1, 0, "lin");
            List<FredObservation>? rows = null;
            while (reader.NextProperty() is { } name)
            {
                switch (name)
                {
                    case "count": count = reader.GetInt32(); break;
                    case "offset": offset = reader.GetInt32(); break;
                    case "units": units = reader.GetString(); break;
                    case "observations": rows = reader.Array(Observation); break;
                    default: reader.Skip(); break;
                }
            }

            if (rows is null || count < 0) throw new FormatException("There is no 'observations' or no 'count'.");
            if (units != "lin") throw new FormatException($"The units are '{units}', not the series' own.");
            return new FredPage(rows, count, offset);
        });

    /// <summary>The one series of <c>series</c>; its list really is spelt <c>seriess</c>.</summary>
    public static FredSeries Series(ReadOnlySpan<byte> body) =>
        JsonPull.Read(FredClient.ServiceName, "series", body, static (ref Utf8JsonReader reader) =>
        {
            reader.Expect(JsonTokenType.StartObject);
            List<FredSeries>? series = null;
            while (reader.NextProperty() is { } name)
            {
                if (name == "seriess") series = reader.Array(Description);
                else reader.Skip();
            }

            return series is [var only] ? only : throw new FormatException("There is not exactly one series in 'seriess'.");
        });

    /// <summary>A page of <c>series/vintagedates</c>.</summary>
    public static FredVintagePage VintageDates(ReadOnlySpan<byte> body) =>
        JsonPull.Read(FredClient.ServiceName, "vintagedates", body, static (ref Utf8JsonReader reader) =>
        {
            reader.Expect(JsonTokenType.StartObject);
            var count = -1;
            List<DateOnly>? dates = null;
            while (reader.NextProperty() is { } name)
            {
                if (name == "count") count = reader.GetInt32();
                else if (name == "vintage_dates") dates = reader.Array(static (ref Utf8JsonReader date) => Day(date.GetString()));
                else reader.Skip();
            }

            return dates is null || count < 0 ? throw new FormatException("There is no 'vintage_dates' or no 'count'.") : new FredVintagePage(dates, count);
        });

    private static FredObservation Observation(ref Utf8JsonReader reader)
    {
        reader.Expect(JsonTokenType.StartObject);
        DateOnly? day = null, shown = null;
        string? value = null;
        while (reader.NextProperty() is { } name)
        {
            switch (name)
            {
                case "date": day = Day(reader.GetString()); break;
                case "realtime_start": shown = Day(reader.GetString()); break;
                case "value": value = reader.GetString(); break;
                default: reader.Skip(); break;
            }
        }

        if (day is null || shown is null || value is null) throw new FormatException("An observation has no date, realtime_start or value.");
        return new FredObservation(day.Value, Value(value), shown.Value);
    }

    private static FredSeries Description(ref Utf8JsonReader reader)
    {
        reader.Expect(JsonTokenType.StartObject);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.NextProperty() is { } name)
        {
            if (reader.TokenType == JsonTokenType.String) texts[name] = reader.GetString()!;
            else reader.Skip();
        }

        return new FredSeries(
            Text("id"), Text("title"), Day(Text("observation_start")), Day(Text("observation_end")), Text("frequency_short"), Text("units"),
            Text("seasonal_adjustment_short"), CentralTime(Text("last_updated")));

        string Text(string name) => texts.GetValueOrDefault(name) ?? throw new FormatException($"The series has no '{name}'.");
    }

    private static double? Value(string text)
    {
        if (text == ".") return null;
        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)) return value;
        throw new FormatException($"'{text}' is no value.");
    }

    private static DateOnly Day(string? text) => DateOnly.ParseExact(text ?? "", "yyyy-MM-dd", CultureInfo.InvariantCulture);

    // "2026-11-20 08:36:03-06": US Central time with its offset in hours.
    private static Timestamp CentralTime(string text) =>
        Timestamp.FromDateTimeOffset(DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm:sszz", CultureInfo.InvariantCulture));
}
