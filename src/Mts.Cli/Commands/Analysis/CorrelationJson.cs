using System.Text.Json;
using Mts.Cli.Output;
using Mts.Core.Analysis;
using Mts.Core.Indicators.Statistics;

namespace Mts.Cli.Commands.Analysis;

/// <summary>Correlations as the document of <c>mts analyze correlation --json</c>.</summary>
internal static class CorrelationJson
{
    public static void Write(Utf8JsonWriter w, Timestamp asOf, CorrelationMosaic mosaic, IReadOnlyList<string> notes)
    {
        w.WriteStartObject();
        w.WriteString("as_of", asOf.ToString());
        w.WriteNumber("window", mosaic.Window);
        w.WriteString("regime", mosaic.Regime);
        JsonParts.WriteNumber(w, "average", mosaic.Average);
        JsonParts.WriteNumber(w, "strong_share", mosaic.StrongShare);
        JsonParts.WriteNumber(w, "weak_share", mosaic.WeakShare);
        JsonParts.WriteNumber(w, "negative_share", mosaic.NegativeShare);
        JsonParts.WriteTexts(w, "markets", mosaic.Names);
        w.WriteStartArray("pairs");
        foreach (var pair in mosaic.Pairs) Write(w, pair);
        w.WriteEndArray();
        JsonParts.WriteTexts(w, "notes", notes);
        w.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter w, MarketPair pair)
    {
        w.WriteStartObject();
        w.WriteString("left", pair.Left);
        w.WriteString("right", pair.Right);
        w.WriteBoolean("macro", pair.IsMacro);
        w.WriteString("opportunity", pair.Opportunity);
        w.WriteStartArray("windows");
        foreach (var window in pair.Windows)
        {
            w.WriteStartObject();
            w.WriteNumber("window", window.Window);
            w.WriteNumber("sample_size", window.Returns);
            JsonParts.WriteNumber(w, "correlation", window.R);
            JsonParts.WriteNumber(w, "t", window.Test?.T);
            JsonParts.WriteNumber(w, "p_value", window.Test?.PValue);
            JsonParts.WriteNumber(w, "p_value_corrected", window.AdjustedPValue);
            JsonParts.WriteNumber(w, "ci_lower", window.Test?.Low);
            JsonParts.WriteNumber(w, "ci_upper", window.Test?.High);
            w.WriteString("strength", window.Strength.ToText());
            w.WriteEndObject();
        }

        w.WriteEndArray();
        if (pair.Shift is { } shift) Write(w, shift);
        else w.WriteNull("shift");
        w.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter w, CorrelationShift shift)
    {
        w.WriteStartObject("shift");
        w.WriteNumber("window", shift.Window);
        w.WriteNumber("baseline", shift.Baseline);
        w.WriteNumber("now", shift.Now);
        w.WriteNumber("before", shift.Before);
        w.WriteNumber("z_score", shift.Z);
        w.WriteNumber("p_value", shift.PValue);
        JsonParts.WriteNumber(w, "p_value_corrected", shift.AdjustedPValue);
        w.WriteEndObject();
    }
}
