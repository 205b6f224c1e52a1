using System.Text.Json;

namespace Mts.Engine.Guards;

/// <summary>The verdicts as the member <c>guards</c> of a result's document.</summary>
internal static class GuardJson
{
    public static void Write(Utf8JsonWriter w, GuardReport? report)
    {
        if (report is null)
        {
            w.WriteNull("guards");
            return;
        }

        w.WriteStartObject("guards");
        w.WriteBoolean("sound", report.IsSound);
        w.WriteNumber("instants", report.Instants);
        w.WriteNumber("decisions", report.Decisions);
        foreach (var (name, finding) in report.Findings) Write(w, name, finding);
        w.WriteStartArray("segments");
        foreach (var segment in report.Segments)
        {
            w.WriteStartObject();
            w.WriteString("start", segment.Start.ToString());
            w.WriteString("turn", segment.Turn.ToString());
            w.WriteString("end", segment.Until.ToString());
            w.WriteNumber("bars", segment.Bars);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter w, string name, GuardFinding finding)
    {
        w.WriteStartObject(name);
        w.WriteString("verdict", Reports.VerdictsJson.Word(finding.Verdict));
        w.WriteString("words", finding.Words);
        w.WriteStartArray("evidence");
        foreach (var e in finding.Evidence)
        {
            w.WriteStartObject();
            w.WriteString("time", e.Time.ToString());
            w.WriteString("strategy", e.Strategy);
            w.WriteString("symbol", e.Symbol);
            w.WriteString("plain", e.Plain);
            w.WriteString("changed", e.Changed);
            w.WriteNumber("instants", e.Instants);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }
}
