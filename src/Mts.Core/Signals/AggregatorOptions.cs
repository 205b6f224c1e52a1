using Mts.Core.Market;

namespace Mts.Core.Signals;

/// <summary>How the opinions of several strategies become one.</summary>
public enum AggregationRule
{
    /// <summary>The side with more strategy weight wins; its signals are averaged by weight × confidence.</summary>
    WeightedAverage,

    /// <summary>The signal with the highest weight × confidence wins alone.</summary>
    StrongestWins,

    /// <summary>Nothing where LONG meets SHORT or too little weight agrees; else the weighted average.</summary>
    Conservative,

    /// <summary>The weighted average where a stated share of all weight agrees; else nothing.</summary>
    Consensus,

    /// <summary>The signal with the highest weight × confidence × reward/risk wins alone.</summary>
    RiskWeighted,
}

/// <summary>Settings of a <see cref="SignalAggregator"/>.</summary>
public sealed record AggregatorOptions
{
    public AggregationRule Rule { get; init; } = AggregationRule.WeightedAverage;

    /// <summary>Weight by strategy name, at least 0, their sum above 0; scaled to a sum of 1.</summary>
    public required IReadOnlyDictionary<string, double> Weights { get; init; }

    /// <summary>Signals below are dropped, 0 to 1.</summary>
    public double MinConfidence { get; init; } = 0.1;

    /// <summary>Larger results are cut to this fraction of equity.</summary>
    public double MaxSize { get; init; } = 0.10;

    /// <summary>Smaller results are dropped, never raised.</summary>
    public double MinSize { get; init; } = 0.005;

    /// <summary>Share of all weight that must agree for <see cref="AggregationRule.Conservative"/>.</summary>
    public double ConservativeShare { get; init; } = 0.6;

    /// <summary>Share of all weight that must agree for <see cref="AggregationRule.Consensus"/>.</summary>
    public double ConsensusShare { get; init; } = 0.7;

    /// <summary>Greatest reward/risk that <see cref="AggregationRule.RiskWeighted"/> counts.</summary>
    public double MaxRewardRisk { get; init; } = 3;

    /// <summary>The same weight for each.</summary>
    public static IReadOnlyDictionary<string, double> Equal(IEnumerable<string> strategies) => strategies.ToDictionary(s => s, _ => 1.0, StringComparer.Ordinal);

    /// <summary>Reads <c>weighted_average</c>, <c>WeightedAverage</c>, <c>strongest-wins</c>, …</summary>
    /// <exception cref="ConfigurationException">There is no such rule.</exception>
    public static AggregationRule ParseRule(string text)
    {
        var names = Enum.GetNames<AggregationRule>();
        var bare = string.Concat(text.Where(char.IsLetterOrDigit));
        return Array.Find(names, n => string.Equals(n, bare, StringComparison.OrdinalIgnoreCase)) is { } name
            ? Enum.Parse<AggregationRule>(name)
            : throw new ConfigurationException(
                $"unknown aggregation rule '{text}'{NearestNames.Suggest(NearestNames.To(bare, names))}; there are {string.Join(", ", names)}.");
    }
}
