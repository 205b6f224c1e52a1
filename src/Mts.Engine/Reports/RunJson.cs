using System.Text.Json;
using Mts.Core.Risk;
using Mts.Core.Signals;

namespace Mts.Engine.Reports;

/// <summary>The inputs of a run, in the order in which they are hashed.</summary>
internal static class RunJson
{
    public static void WriteInputs(Utf8JsonWriter w, BacktestRun run)
    {
        w.WriteString("version", run.Version);
        WriteStrategies(w, run);
        WriteConditions(w, run);
    }

    /// <summary>All but the program and the strategies: what every trial of a search shares.</summary>
    public static void WriteConditions(Utf8JsonWriter w, BacktestRun run)
    {
        WriteSeries(w, run);
        w.WriteString("start", run.Start.ToString());
        w.WriteString("end", run.End.ToString());
        WriteOptions(w, run.Options);
        WriteLimits(w, run.Limits);
        WriteAggregator(w, run.Aggregator);
        w.WriteString("data_hash", run.DataHash);
    }

    /// <summary>Costs, rules and limits as text: what makes the same parameters another trial, whatever the range.</summary>
    public static string RulesOf(BacktestRun run)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(1_024);
        using (var w = new Utf8JsonWriter(buffer, JsonFigures.Format))
        {
            w.WriteStartObject();
            WriteOptions(w, run.Options with { WarmUp = 0, EquityPerBar = false, AllowGaps = false });
            WriteLimits(w, run.Limits);
            w.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteStrategies(Utf8JsonWriter w, BacktestRun run)
    {
        w.WriteStartArray("strategies");
        foreach (var strategy in run.Strategies)
        {
            w.WriteStartObject();
            w.WriteString("name", strategy.Name);
            if (strategy.SourceHash is { } source) w.WriteString("source_hash", source);
            w.WriteStartObject("parameters");
            foreach (var (name, value) in strategy.Ordered()) w.WriteString(name, value);
            w.WriteEndObject();
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static void WriteSeries(Utf8JsonWriter w, BacktestRun run)
    {
        w.WriteStartArray("series");
        foreach (var s in run.Series)
        {
            w.WriteStartObject();
            w.WriteString("asset", s.Asset);
            w.WriteString("venue", s.Key.Venue);
            w.WriteString("symbol", s.Key.Symbol.ToString());
            w.WriteString("interval", s.Key.Interval.ToString());
            w.WriteNumber("bars", s.Bars);
            w.WriteString("first", s.First?.ToString());
            w.WriteString("last", s.Last?.ToString());
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static void WriteOptions(Utf8JsonWriter w, BacktestOptions options)
    {
        JsonFigures.Plain(w, "capital", options.Capital);
        JsonFigures.Plain(w, "fee_bps", options.FeeBps);
        JsonFigures.Plain(w, "slippage_bps", options.SlippageBps);
        if (options.Lots is { } lots)
        {
            w.WriteStartArray("lots");
            foreach (var lot in lots) w.WriteRawValue(JsonFigures.Plain(lot));
            w.WriteEndArray();
        }
        else
        {
            w.WriteNull("lots");
        }

        if (!options.Execution.IsUsual) WriteExecution(w, options.Execution);
        w.WriteBoolean("allow_short", options.AllowShort);
        w.WriteBoolean("allow_gaps", options.AllowGaps);
        w.WriteNumber("warm_up", options.WarmUp);
        w.WriteString("equity", options.EquityPerBar ? "bars" : "days");
        w.WriteNumber("seed", options.Seed);
        if (options.Costs is { } costs) CostsJson.Write(w, costs);
    }

    private static void WriteExecution(Utf8JsonWriter w, ExecutionOptions execution)
    {
        w.WriteStartObject("execution");
        w.WriteString("finer", execution.Finer?.ToString());
        JsonFigures.Plain(w, "volume_share", execution.VolumeShare);
        w.WriteNumber("order_latency_seconds", execution.OrderLatency.TotalSeconds);
        w.WriteNumber("feed_latency_seconds", execution.FeedLatency.TotalSeconds);
        if (execution.Queue is { } queue) w.WriteString("queue", queue.Name);
        w.WriteString("limit_fill", execution.LimitFill == LimitFill.Touch ? "touch" : "through");
        w.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter w, RiskOptions? limits)
    {
        if (limits is null)
        {
            w.WriteNull("limits");
            return;
        }

        w.WriteStartObject("limits");
        w.WriteString("sizing", limits.Sizing.ToString().ToLowerInvariant());
        w.WriteBoolean("allow_short", limits.AllowShort);
        w.WriteNumber("fraction", limits.Fraction);
        w.WriteNumber("max_position", limits.MaxPosition);
        w.WriteNumber("max_asset_exposure", limits.MaxAssetExposure);
        w.WriteNumber("max_total_exposure", limits.MaxTotalExposure);
        w.WriteNumber("max_drawdown", limits.MaxDrawdown);
        w.WriteNumber("max_daily_loss", limits.MaxDailyLoss);
        w.WriteNumber("min_notional", limits.MinNotional);
        w.WriteNumber("min_confidence", limits.MinConfidence);
        w.WriteNumber("max_score", limits.MaxScore);
        w.WriteNumber("stop_distance", limits.StopDistance);
        w.WriteNumber("reward_risk", limits.RewardRisk);
        w.WriteEndObject();
    }

    private static void WriteAggregator(Utf8JsonWriter w, AggregatorOptions? options)
    {
        if (options is null)
        {
            w.WriteNull("aggregator");
            return;
        }

        w.WriteStartObject("aggregator");
        w.WriteString("rule", JsonNamingPolicy.SnakeCaseLower.ConvertName(options.Rule.ToString()));
        w.WriteStartObject("weights");
        foreach (var (name, weight) in options.Weights.OrderBy(x => x.Key, StringComparer.Ordinal)) w.WriteNumber(name, weight);
        w.WriteEndObject();
        w.WriteNumber("min_confidence", options.MinConfidence);
        w.WriteNumber("max_size", options.MaxSize);
        w.WriteNumber("min_size", options.MinSize);
        w.WriteEndObject();
    }
}
