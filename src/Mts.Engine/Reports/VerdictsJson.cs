using System.Text.Json;
using Mts.Engine.Analytics;
using Mts.Engine.Guards;

namespace Mts.Engine.Reports;

/// <summary>The verdicts on a kept run as members of a document: one word each, null where the run does not say.</summary>
public static class VerdictsJson
{
    public static void Write(Utf8JsonWriter w, string name, StoredVerdicts verdicts)
    {
        w.WriteStartObject(name);
        Write(w, "guards", verdicts.Guards);
        foreach (var guard in (string[])["look_ahead", "macro", "determinism", "warm_up"]) Write(w, guard, verdicts.Of(guard));
        Write(w, "data", verdicts.Data);
        w.WriteEndObject();
    }

    internal static string Word(GuardVerdict verdict) => JsonNamingPolicy.SnakeCaseLower.ConvertName(verdict.ToString());

    private static void Write(Utf8JsonWriter w, string name, GuardVerdict? verdict) => w.WriteString(name, verdict is { } v ? Word(v) : null);
}
