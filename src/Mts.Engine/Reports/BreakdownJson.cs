using System.Text.Json;
using Mts.Core.Performance;
using Mts.Engine.Analytics;

namespace Mts.Engine.Reports;

/// <summary>Where a result came from, and when it hurt, as members of its document.</summary>
internal static class BreakdownJson
{
    public static void Write(Utf8JsonWriter w, RunAnalysis analysis)
    {
        w.WriteStartObject("breakdown");
        WriteGroups(w, "by_symbol", analysis.BySymbol);
        WriteGroups(w, "by_entry_reason", analysis.ByEntry);
        WriteGroups(w, "by_exit_reason", analysis.ByExit);
        w.WriteEndObject();
        WriteDrawdowns(w, analysis.Drawdowns);
        WriteCrises(w, analysis.Crises);
    }

    private static void WriteGroups(Utf8JsonWriter w, string name, IReadOnlyList<TradeGroup> groups)
    {
        w.WriteStartArray(name);
        foreach (var g in groups)
        {
            w.WriteStartObject();
            w.WriteString("name", g.Name);
            w.WriteNumber("trades", g.Trades);
            w.WriteNumber("win_rate", g.WinRate);
            JsonFigures.Plain(w, "pnl", g.Pnl);
            JsonFigures.Plain(w, "fees", g.Fees);
            w.WriteNumber("avg_days", g.MeanDays);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static void WriteDrawdowns(Utf8JsonWriter w, IReadOnlyList<Drawdown> drawdowns)
    {
        w.WriteStartArray("drawdowns");
        foreach (var d in drawdowns)
        {
            w.WriteStartObject();
            w.WriteString("peak", d.Peak.ToString());
            w.WriteString("trough", d.Trough.ToString());
            w.WriteString("recovery", d.Recovery?.ToString());
            w.WriteNumber("depth", d.Depth);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static void WriteCrises(Utf8JsonWriter w, IReadOnlyList<CrisisWindow> crises)
    {
        w.WriteStartArray("crises");
        foreach (var c in crises)
        {
            w.WriteStartObject();
            w.WriteString("name", c.Name);
            w.WriteString("start", c.Start.ToString());
            w.WriteString("end", c.End.ToString());
            JsonFigures.Number(w, "return", c.Return);
            JsonFigures.Number(w, "benchmark", c.Benchmark);
            JsonFigures.Number(w, "max_drawdown", c.MaxDrawdown);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }
}
