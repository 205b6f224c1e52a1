using System.Text.Json;
using Mts.Engine.Analytics;

namespace Mts.Engine.Reports;

/// <summary>A Monte Carlo as the member <c>monte_carlo</c> of a document.</summary>
public static class MonteCarloJson
{
    public static void Write(Utf8JsonWriter w, MonteCarloResult luck)
    {
        w.WriteStartObject("monte_carlo");
        w.WriteNumber("paths", luck.Paths);
        w.WriteNumber("block_days", luck.BlockDays);
        w.WriteNumber("seed", luck.Seed);
        WriteSpread(w, "total_return", luck.TotalReturn);
        WriteSpread(w, "max_drawdown", luck.MaxDrawdown);
        if (luck.ShuffledDrawdown is { } shuffled) WriteSpread(w, "shuffled_trades_max_drawdown", shuffled);
        else w.WriteNull("shuffled_trades_max_drawdown");
        w.WriteNumber("loss_probability", luck.LossProbability);
        w.WriteNumber("ruin_probability", luck.RuinProbability);
        w.WriteStartArray("drawdown_probability");
        foreach (var depth in luck.Depths)
        {
            w.WriteStartObject();
            w.WriteNumber("depth", depth.Depth);
            w.WriteNumber("probability", depth.Probability);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        WriteStress(w, luck.Stress);
        w.WriteStartArray("fan");
        foreach (var point in luck.Fan)
        {
            w.WriteStartArray();
            w.WriteStringValue(point.Time.ToString());
            WriteValues(w, point.Values);
            w.WriteEndArray();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }

    private static void WriteStress(Utf8JsonWriter w, IReadOnlyList<StressedRun> stress)
    {
        w.WriteStartArray("cost_stress");
        foreach (var s in stress)
        {
            w.WriteStartObject();
            w.WriteNumber("factor", s.Factor);
            JsonFigures.Plain(w, "fee_bps", s.FeeBps);
            JsonFigures.Plain(w, "slippage_bps", s.SlippageBps);
            JsonFigures.Number(w, "total_return", s.TotalReturn);
            JsonFigures.Number(w, "sharpe", s.Sharpe);
            JsonFigures.Number(w, "max_drawdown", s.MaxDrawdown);
            w.WriteNumber("trades", s.Trades);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static void WriteSpread(Utf8JsonWriter w, string name, Spread spread)
    {
        w.WriteStartArray(name);
        WriteValues(w, spread);
        w.WriteEndArray();
    }

    // 5, 25, 50, 75 and 95 %.
    private static void WriteValues(Utf8JsonWriter w, Spread s)
    {
        foreach (var value in (ReadOnlySpan<double>)[s.P5, s.P25, s.P50, s.P75, s.P95]) w.WriteNumberValue(value);
    }
}
