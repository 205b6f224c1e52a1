using System.Text.Json.Serialization;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Risk;
using Mts.Core.Signals;

namespace Mts.Engine;

/// <summary>The inputs of a run, as its result states them.</summary>
public sealed record BacktestRun
{
    /// <summary>Hash of everything below: the same run has the same id.</summary>
    public required string Id { get; init; }

    public required IReadOnlyList<StrategyUse> Strategies { get; init; }

    public required IReadOnlyList<SeriesUse> Series { get; init; }

    public required Timestamp Start { get; init; }

    public required Timestamp End { get; init; }

    public required BacktestOptions Options { get; init; }

    /// <summary>Null where no limits applied.</summary>
    public RiskOptions? Limits { get; init; }

    /// <summary>Null for a single strategy.</summary>
    public AggregatorOptions? Aggregator { get; init; }

    /// <summary>SHA-256 of all bars, rates and observations used.</summary>
    public required string DataHash { get; init; }

    public required string Version { get; init; }

    internal static BacktestRun Of(
        BacktestInputs inputs, IReadOnlyList<IStrategy> strategies, BacktestOptions options, RunLabels labels, RiskOptions? limits, AggregatorOptions? aggregator)
    {
        var run = new BacktestRun
        {
            Id = "",
            Strategies =
            [
                .. strategies.Select((s, i) => new StrategyUse(
                    s.Name, i < labels.Parameters.Count ? labels.Parameters[i] : new Dictionary<string, string>(), i < labels.SourceHashes.Count ? labels.SourceHashes[i] : null)),
            ],
            Series = [.. inputs.Instruments.Select(i => SeriesUse.Of(i, inputs.Start))],
            Start = inputs.Start,
            End = inputs.End,
            Options = options,
            Limits = limits,
            Aggregator = aggregator,
            DataHash = Mts.Engine.DataHash.Of(inputs),
            Version = labels.Version,
        };
        return run with { Id = Reports.BacktestJson.IdOf(run) };
    }
}

/// <param name="Name">Catalogue name.</param>
/// <param name="Parameters">As used, defaults included.</param>
/// <param name="SourceHash">SHA-256 of its source where it is not one of the product's, which the version tells.</param>
public sealed record StrategyUse(
    string Name, IReadOnlyDictionary<string, string> Parameters, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SourceHash = null)
{
    /// <summary>The parameters by name, in order.</summary>
    internal IEnumerable<(string Name, string Value)> Ordered()
    {
        foreach (var name in Parameters.Keys.Order(StringComparer.Ordinal)) yield return (name, Parameters[name]);
    }
}

/// <param name="Asset">The asset's id.</param>
/// <param name="Key">Which series.</param>
/// <param name="Bars">In the range.</param>
/// <param name="First">Open time of the first bar in the range; null before there is one.</param>
/// <param name="Last">Open time of the last.</param>
public sealed record SeriesUse(string Asset, SeriesKey Key, int Bars, Timestamp? First, Timestamp? Last)
{
    internal static SeriesUse Of(InstrumentData data, Timestamp start)
    {
        var (series, first) = (data.Series, data.Series.LowerBound(start));
        if (first == series.Length) return new SeriesUse(data.Asset, series.Key, 0, null, null);
        return new SeriesUse(data.Asset, series.Key, series.Length - first, new Timestamp(series.OpenTimes[first]), new Timestamp(series.OpenTimes[^1]));
    }
}
