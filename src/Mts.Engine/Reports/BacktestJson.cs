using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Mts.Engine.Analytics;

namespace Mts.Engine.Reports;

/// <summary>A result as the one JSON document of <c>mts backtest --json</c>: doubles shortest round-trip, decimals plain, times ISO 8601.</summary>
public static class BacktestJson
{
    /// <param name="result">The result.</param>
    /// <param name="more">Writes further members of the document, before those of the result.</param>
    /// <param name="analysis">Of the result, where it is there already.</param>
    /// <param name="luck">A Monte Carlo of it; null for a document without.</param>
    public static byte[] Write(BacktestResult result, Action<Utf8JsonWriter>? more = null, RunAnalysis? analysis = null, MonteCarloResult? luck = null)
    {
        analysis ??= RunAnalysis.Of(result);
        var buffer = new ArrayBufferWriter<byte>(65_536);
        using (var w = new Utf8JsonWriter(buffer, JsonFigures.Format))
        {
            w.WriteStartObject();
            more?.Invoke(w);
            w.WriteStartObject("run");
            w.WriteString("id", result.Run.Id);
            RunJson.WriteInputs(w, result.Run);
            w.WriteEndObject();
            MetricsJson.Write(w, result, analysis);
            AnalysisJson.Write(w, analysis);
            if (luck is not null) MonteCarloJson.Write(w, luck);
            TradesJson.Write(w, result.Trades, analysis.Excursions);
            TradesJson.WriteOpen(w, result.OpenPositions);
            w.WriteStartArray("equity");
            foreach (var point in result.Equity)
            {
                w.WriteStartArray();
                w.WriteStringValue(point.Time.ToString());
                w.WriteNumberValue(point.Value);
                w.WriteEndArray();
            }

            w.WriteEndArray();
            SignalsJson.Write(w, result);
            Guards.GuardJson.Write(w, result.Guards);
            QualityJson.Write(w, result.Quality);
            if (result.Orders is { } orders) OrdersJson.Write(w, orders);
            if (result.Book is { } book) BookJson.Write(w, book);
            w.WriteStartArray("warnings");
            foreach (var warning in result.Warnings) w.WriteStringValue(warning);
            w.WriteEndArray();
            w.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The first 16 hex digits of the SHA-256 of a run's inputs.</summary>
    internal static string IdOf(BacktestRun run)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var w = new Utf8JsonWriter(buffer, JsonFigures.Format))
        {
            w.WriteStartObject();
            RunJson.WriteInputs(w, run);
            w.WriteEndObject();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan))[..16];
    }
}
