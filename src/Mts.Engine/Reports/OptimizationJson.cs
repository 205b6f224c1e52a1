using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Mts.Engine.Optimization;

namespace Mts.Engine.Reports;

/// <summary>A search as the one JSON document of <c>mts optimize --json</c>.</summary>
public static class OptimizationJson
{
    public static byte[] Write(OptimizationResult result)
    {
        var buffer = new ArrayBufferWriter<byte>(16_384);
        using (var w = new Utf8JsonWriter(buffer, BacktestJson.Format))
        {
            w.WriteStartObject();
            w.WriteStartObject("run");
            w.WriteString("id", IdOf(result));
            WriteInputs(w, result);
            w.WriteEndObject();
            w.WriteNumber("trials", result.Trials);
            w.WriteNumber("skipped", result.Skipped);
            BacktestJson.Number(w, "deflated_sharpe", result.DeflatedSharpe);
            BacktestJson.Number(w, "pbo", result.ProbabilityOfOverfitting);
            w.WritePropertyName("best");
            WriteTrial(w, result.Best);
            Guards.GuardJson.Write(w, result.Best.Guards);
            QualityJson.Write(w, result.Best.Quality);
            w.WriteStartArray("top");
            foreach (var trial in result.Top) WriteTrial(w, trial);
            w.WriteEndArray();
            w.WriteStartArray("warnings");
            foreach (var warning in result.Warnings) w.WriteStringValue(warning);
            w.WriteEndArray();
            w.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The first 16 hex digits of the SHA-256 of a search's inputs.</summary>
    public static string IdOf(OptimizationResult result)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var w = new Utf8JsonWriter(buffer, BacktestJson.Format))
        {
            w.WriteStartObject();
            WriteInputs(w, result);
            w.WriteEndObject();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan))[..16];
    }

    private static void WriteInputs(Utf8JsonWriter w, OptimizationResult result)
    {
        w.WriteString("version", result.Best.Run.Version);
        w.WriteString("strategy", result.Space.Strategy);
        w.WriteString("objective", JsonNamingPolicy.SnakeCaseLower.ConvertName(result.Options.Objective.ToString()));
        w.WriteString("search", result.Options.RandomTrials is null ? "grid" : "random");
        if (result.Options.RandomTrials is { } trials) w.WriteNumber("search_trials", trials);
        else w.WriteNull("search_trials");
        w.WriteNumber("search_seed", result.Options.Seed);
        w.WriteNumber("combinations", result.Space.Combinations);
        w.WriteStartObject("space");
        foreach (var parameter in result.Space.Searched)
        {
            w.WriteStartArray(parameter.Name);
            foreach (var value in parameter.Values) w.WriteNumberValue(Number(value));
            w.WriteEndArray();
        }

        w.WriteEndObject();
        w.WriteStartObject("fixed");
        foreach (var (name, value) in result.Space.Fixed) w.WriteNumber(name, Number(value));
        w.WriteEndObject();
        RunJson.WriteConditions(w, result.Best.Run);
    }

    private static void WriteTrial(Utf8JsonWriter w, BacktestResult trial)
    {
        w.WriteStartObject();
        w.WriteString("run", trial.Run.Id);
        w.WriteStartObject("params");
        foreach (var (name, value) in trial.Run.Strategies[0].Parameters) w.WriteNumber(name, Number(value));
        w.WriteEndObject();
        BacktestJson.WriteMetrics(w, trial.Metrics);
        w.WriteEndObject();
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
