using System.Text.Json;
using Mts.Engine.Analytics;

namespace Mts.Engine.Reports;

/// <summary>A comparison as the document of <c>mts report compare --json</c>.</summary>
public static class ComparisonJson
{
    public static void Write(Utf8JsonWriter w, RunComparison c)
    {
        w.WriteStartObject();
        w.WriteString("first", c.First.Id);
        w.WriteString("second", c.Second.Id);
        w.WriteStartObject("verdicts");
        VerdictsJson.Write(w, "first", c.First.Verdicts);
        VerdictsJson.Write(w, "second", c.Second.Verdicts);
        w.WriteEndObject();
        w.WriteStartArray("inputs");
        foreach (var input in c.Inputs)
        {
            w.WriteStartObject();
            w.WriteString("name", input.Name);
            w.WriteString("first", input.First);
            w.WriteString("second", input.Second);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteStartObject("metrics");
        foreach (var metric in c.Metrics)
        {
            w.WriteStartObject(metric.Name);
            JsonFigures.Number(w, "first", metric.First);
            JsonFigures.Number(w, "second", metric.Second);
            JsonFigures.Number(w, "difference", metric.Difference);
            w.WriteEndObject();
        }

        w.WriteEndObject();
        w.WriteStartObject("sharpe_difference");
        w.WriteNumber("days", c.CommonDays);
        JsonFigures.Number(w, "value", c.Sharpe?.Value);
        AnalysisJson.Interval(w, "interval", c.Sharpe?.Interval);
        w.WriteEndObject();
        w.WriteStartObject("trades");
        w.WriteNumber("both", c.TradesInBoth);
        WriteTrades(w, "only_first", c.OnlyFirst);
        WriteTrades(w, "only_second", c.OnlySecond);
        w.WriteEndObject();
        w.WriteEndObject();
    }

    private static void WriteTrades(Utf8JsonWriter w, string name, IReadOnlyList<StoredTrade> trades)
    {
        w.WriteStartArray(name);
        foreach (var t in trades)
        {
            w.WriteStartObject();
            w.WriteString("symbol", t.Symbol);
            w.WriteString("side", t.Side);
            w.WriteString("entry_time", t.EntryTime.ToString());
            w.WriteString("exit_time", t.ExitTime.ToString());
            w.WriteNumber("pnl", t.Pnl);
            w.WriteString("reason", t.Reason);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }
}
