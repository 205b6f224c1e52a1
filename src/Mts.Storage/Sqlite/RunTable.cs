using System.Text.Json;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Sqlite;

/// <summary>Index of backtests: the result as text, its metrics, trades and equity as rows for queries.</summary>
internal sealed class RunTable(Database database)
{
    /// <exception cref="DataValidationException">The text is no JSON object.</exception>
    public void Write(RunRecord run)
    {
        using var result = Parse(run);
        using var transaction = database.Begin();
        database.Run("DELETE FROM backtest_runs WHERE run_id = ?", run.Id);
        database.Run(
            "INSERT INTO backtest_runs (run_id, created_at, strategy, symbols, start, \"end\", json) VALUES (?, ?, ?, ?, ?, ?, ?)",
            run.Id, run.CreatedAt.ToString(), run.Strategy, run.Symbols, run.Start.ToString(), run.End.ToString(), run.Json);
        var root = result.RootElement;
        if (root.TryGetProperty("metrics", out var metrics)) WriteMetrics(run.Id, metrics);
        if (root.TryGetProperty("trades", out var trades)) WriteTrades(run.Id, trades);
        if (root.TryGetProperty("equity", out var equity)) WriteEquity(run.Id, equity);
        transaction.Commit();
    }

    public IReadOnlyList<RunRecord> List() => database.Read(
        "SELECT run_id, created_at, strategy, symbols, start, \"end\", json FROM backtest_runs ORDER BY created_at, run_id",
        r => new RunRecord(r.Text(0), Timestamp.Parse(r.Text(1)), r.Text(2), r.Text(3), Timestamp.Parse(r.Text(4)), Timestamp.Parse(r.Text(5)), r.Text(6)));

    private void WriteMetrics(string runId, JsonElement metrics)
    {
        foreach (var metric in metrics.EnumerateObject())
        {
            if (metric.Value.ValueKind is not (JsonValueKind.Number or JsonValueKind.Null)) continue;
            database.Run("INSERT INTO performance_metrics (run_id, metric, value) VALUES (?, ?, ?)", runId, metric.Name, Number(metric.Value));
        }
    }

    private void WriteTrades(string runId, JsonElement trades)
    {
        var number = 0;
        foreach (var trade in trades.EnumerateArray())
        {
            database.Run(
                "INSERT INTO trade_executions (run_id, number, symbol, side, quantity, entry_time, entry_price, exit_time, exit_price, pnl, fees, reason) " +
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                runId, ++number, Text("symbol"), Text("side"), Real("quantity"), Text("entry_time"), Real("entry_price"),
                Text("exit_time"), Real("exit_price"), Real("pnl"), Real("fees"), Text("reason"));

            string Text(string name) => trade.GetProperty(name).ToString();
            double? Real(string name) => Number(trade.GetProperty(name));
        }
    }

    private void WriteEquity(string runId, JsonElement equity)
    {
        var number = 0;
        foreach (var point in equity.EnumerateArray())
            database.Run("INSERT INTO portfolio_snapshots (run_id, number, time, equity) VALUES (?, ?, ?, ?)", runId, ++number, point[0].ToString(), Number(point[1]));
    }

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetDouble();

    private static JsonDocument Parse(RunRecord run)
    {
        try
        {
            return JsonDocument.Parse(run.Json);
        }
        catch (JsonException e)
        {
            throw new DataValidationException($"The result of run {run.Id} is no JSON: {e.Message}", e);
        }
    }
}
