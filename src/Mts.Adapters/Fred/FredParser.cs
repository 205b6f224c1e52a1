using System.Globalization;
using Mts.Adapters.Wire;

namespace Mts.Adapters.Fred;

/// <summary>FRED's payloads as domain values.</summary>
/// <exception cref="DataValidationException">Each method throws it for a payload that is not as documented.</exception>
public static class FredParser
{
    /// <summary>A page of <c>series/observations</c> with output type 1.</summary>
    public static FredPage Observations(ReadOnlySpan<byte> body)
    {
        var reader = Reader("observations", body);
        int? count = null;
        var offset = 0;
        List<FredObservation>? rows = null;
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.IsField("count"u8)) count = Count(ref reader);
            else if (reader.IsField("offset"u8)) offset = reader.Int32();
            else if (reader.IsField("units"u8)) DemandOwnUnits(ref reader);
            else if (reader.IsField("observations"u8)) rows = reader.Items(Observation);
            else reader.Skip();
        }

        return new FredPage(reader.Require(rows, "observations"), reader.Require(count, "count"), offset);
    }

    /// <summary>The one series of <c>series</c>; its list really is spelt <c>seriess</c>.</summary>
    public static FredSeries Series(ReadOnlySpan<byte> body)
    {
        var reader = Reader("series", body);
        List<FredSeries>? series = null;
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.IsField("seriess"u8)) series = reader.Items(Description);
            else reader.Skip();
        }

        return series is [var only] ? only : throw reader.Fail("there is not exactly one series in 'seriess'");
    }

    /// <summary>A page of <c>series/vintagedates</c>.</summary>
    public static FredVintagePage VintageDates(ReadOnlySpan<byte> body)
    {
        var reader = Reader("vintagedates", body);
        int? count = null;
        List<DateOnly>? dates = null;
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.IsField("count"u8)) count = Count(ref reader);
            else if (reader.IsField("vintage_dates"u8)) dates = reader.Items(Day);
            else reader.Skip();
        }

        return new FredVintagePage(reader.Require(dates, "vintage_dates"), reader.Require(count, "count"));
    }

    private static WireReader Reader(string what, ReadOnlySpan<byte> body) => new(body, $"{FredClient.ServiceName}: {what} is not as documented");

    private static FredObservation Observation(ref WireReader reader)
    {
        DateOnly? day = null, shown = null;
        double? value = null;
        var given = false;
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.IsField("date"u8)) day = Day(ref reader);
            else if (reader.IsField("realtime_start"u8)) shown = Day(ref reader);
            else if (reader.IsField("value"u8)) (value, given) = (reader.IsText("."u8) ? null : reader.QuotedNumber(), true);
            else reader.Skip();
        }

        if (!given) throw reader.Fail("an observation has no value");
        return new FredObservation(reader.Require(day, "date"), value, reader.Require(shown, "realtime_start"));
    }

    private static FredSeries Description(ref WireReader reader)
    {
        string? id = null, title = null, frequency = null, units = null, adjustment = null;
        DateOnly? first = null, last = null;
        Timestamp? updated = null;
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.IsField("id"u8)) id = reader.Text();
            else if (reader.IsField("title"u8)) title = reader.Text();
            else if (reader.IsField("observation_start"u8)) first = Day(ref reader);
            else if (reader.IsField("observation_end"u8)) last = Day(ref reader);
            else if (reader.IsField("frequency_short"u8)) frequency = reader.Text();
            else if (reader.IsField("units"u8)) units = reader.Text();
            else if (reader.IsField("seasonal_adjustment_short"u8)) adjustment = reader.Text();
            else if (reader.IsField("last_updated"u8)) updated = CentralTime(ref reader);
            else reader.Skip();
        }

        return new FredSeries(
            reader.Require(id, "id"), reader.Require(title, "title"), reader.Require(first, "observation_start"), reader.Require(last, "observation_end"),
            reader.Require(frequency, "frequency_short"), reader.Require(units, "units"), reader.Require(adjustment, "seasonal_adjustment_short"),
            reader.Require(updated, "last_updated"));
    }

    private static int Count(ref WireReader reader) => reader.Int32() is >= 0 and var count ? count : throw reader.Fail("the count is below zero");

    private static void DemandOwnUnits(ref WireReader reader)
    {
        if (!reader.IsText("lin"u8)) throw reader.Fail("the units are not the series' own");
    }

    private static DateOnly Day(ref WireReader reader) =>
        DateOnly.TryParseExact(reader.Text(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw reader.Fail("expected a day like 2024-01-31");

    // "2026-11-20 08:36:03-06": US Central time with its offset in hours.
    private static Timestamp CentralTime(ref WireReader reader) =>
        DateTimeOffset.TryParseExact(reader.Text(), "yyyy-MM-dd HH:mm:sszz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? Timestamp.FromDateTimeOffset(time)
            : throw reader.Fail("expected a time like 2024-01-31 08:36:03-06");
}
