using System.Text.Json;
using Mts.Core.Signals;

namespace Mts.Engine.Reports;

/// <summary>The member <c>signals</c> of a result: how many, what was refused by which rule, how several strategies were joined.</summary>
internal static class SignalsJson
{
    public static void Write(Utf8JsonWriter w, BacktestResult result)
    {
        w.WriteStartObject("signals");
        w.WriteNumber("emitted", result.Signals.Count);
        w.WriteStartObject("refused");
        foreach (var rule in result.Refusals.GroupBy(r => r.Rule).OrderBy(g => g.Key, StringComparer.Ordinal)) w.WriteNumber(rule.Key, rule.Count());
        w.WriteEndObject();
        w.WriteStartArray("refusals");
        foreach (var r in result.Refusals)
        {
            w.WriteStartObject();
            w.WriteString("time", r.Signal.Time.ToString());
            w.WriteString("asset", r.Signal.Asset);
            w.WriteString("strategy", r.Signal.Strategy);
            w.WriteString("rule", r.Rule);
            w.WriteString("reason", r.Reason);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        WriteDecisions(w, result.Decisions);
        w.WriteEndObject();
    }

    // Empty for a single strategy.
    private static void WriteDecisions(Utf8JsonWriter w, IReadOnlyList<AggregateDecision> decisions)
    {
        w.WriteStartArray("decisions");
        foreach (var decision in decisions)
        {
            w.WriteStartObject();
            w.WriteString("time", decision.Inputs.Max(i => i.Signal.Time).ToString());
            w.WriteString("asset", decision.Asset);
            w.WriteString("direction", decision.Result?.Direction.ToString().ToUpperInvariant());
            JsonFigures.Number(w, "position_size", decision.Result?.PositionSize);
            w.WriteString("reason", decision.Reason);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }
}
