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
        using (var w = new Utf8JsonWriter(buffer, JsonFigures.Format))
        {
            w.WriteStartObject();
            w.WriteStartObject("run");
            w.WriteString("id", result.Id);
            WriteInputs(w, result.Conditions, result.Space, result.Options);
            w.WriteEndObject();
            w.WriteNumber("trials", result.Trials);
            w.WriteNumber("skipped", result.Skipped);
            w.WriteNumber("feasible", result.Feasible);
            WriteLuck(w, result);
            w.WritePropertyName("best");
            if (result.Best is null) w.WriteNullValue();
            else WriteTrial(w, result, 0);
            Guards.GuardJson.Write(w, result.Best?.Guards);
            QualityJson.Write(w, result.Best?.Quality);
            w.WriteStartArray("top");
            for (var i = 0; i < result.Top.Count; i++) WriteTrial(w, result, i);
            w.WriteEndArray();
            SearchJson.WritePlateau(w, result.Plateau);
            SearchJson.WriteFolds(w, result);
            SearchJson.WriteValidation(w, result);
            w.WriteStartArray("warnings");
            foreach (var warning in result.Warnings) w.WriteStringValue(warning);
            w.WriteEndArray();
            w.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The first 16 hex digits of the SHA-256 of a search's inputs.</summary>
    internal static string IdOf(BacktestRun conditions, SearchSpace space, OptimizerOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var w = new Utf8JsonWriter(buffer, JsonFigures.Format))
        {
            w.WriteStartObject();
            WriteInputs(w, conditions, space, options);
            w.WriteEndObject();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan))[..16];
    }

    internal static string Word(SearchMethod method) => JsonNamingPolicy.SnakeCaseLower.ConvertName(method.ToString());

    private static void WriteLuck(Utf8JsonWriter w, OptimizationResult result)
    {
        JsonFigures.Number(w, "deflated_sharpe", result.DeflatedSharpe);
        JsonFigures.Number(w, "deflated_sharpe_of_search", result.DeflatedSharpeOfSearch);
        JsonFigures.Number(w, "pbo", result.ProbabilityOfOverfitting);
        w.WriteStartArray("sharpe_interval");
        if (result.Interval is { } interval)
        {
            w.WriteNumberValue(interval.Low);
            w.WriteNumberValue(interval.High);
        }

        w.WriteEndArray();
        w.WriteStartObject("ledger");
        w.WriteNumber("trials_earlier", result.Ledger.Earlier);
        w.WriteNumber("trials_ever", result.Ledger.Ever);
        w.WriteEndObject();
    }

    private static void WriteInputs(Utf8JsonWriter w, BacktestRun conditions, SearchSpace space, OptimizerOptions options)
    {
        w.WriteString("version", conditions.Version);
        w.WriteString("strategy", space.Strategy);
        if (conditions.Strategies.Select(s => s.SourceHash).FirstOrDefault() is { } source) w.WriteString("source_hash", source);
        w.WriteString("objective", options.Goal.Name);
        w.WriteStartArray("constraints");
        foreach (var constraint in options.Goal.Constraints) w.WriteStringValue(constraint.ToString());
        w.WriteEndArray();
        w.WriteString("search", Word(options.Method));
        if (options.Method == SearchMethod.Grid) w.WriteNull("search_trials");
        else w.WriteNumber("search_trials", options.Trials);
        w.WriteNumber("search_seed", options.Seed);
        SearchJson.WriteValidation(w, options.Validation);
        w.WriteNumber("combinations", space.Combinations);
        w.WriteStartObject("space");
        foreach (var parameter in space.Searched)
        {
            w.WriteStartArray(parameter.Name);
            foreach (var value in parameter.Values) w.WriteNumberValue(Number(value));
            w.WriteEndArray();
        }

        w.WriteEndObject();
        w.WriteStartObject("fixed");
        foreach (var (name, value) in space.Fixed) WriteParameter(w, name, value);
        w.WriteEndObject();
        RunJson.WriteConditions(w, conditions);
    }

    private static void WriteTrial(Utf8JsonWriter w, OptimizationResult result, int place)
    {
        var trial = result.Top[place];
        w.WriteStartObject();
        w.WriteString("run", trial.Run.Id);
        w.WriteStartObject("params");
        foreach (var (name, value) in trial.Run.Strategies[0].Parameters) WriteParameter(w, name, value);
        w.WriteEndObject();
        JsonFigures.Number(w, "objective", result.Objectives[place]);
        w.WriteBoolean("feasible", place < result.Feasible);
        MetricsJson.Write(w, trial);
        w.WriteEndObject();
    }

    // A strategy's own are numbers; the name of an allocation's method is none.
    internal static void WriteParameter(Utf8JsonWriter w, string name, string value)
    {
        if (double.TryParse(value, CultureInfo.InvariantCulture, out var number)) w.WriteNumber(name, number);
        else w.WriteString(name, value);
    }

    internal static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
