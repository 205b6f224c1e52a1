namespace Mts.Core.Signals;

/// <summary>Joins the signals that several strategies gave at one instant into at most one per instrument.</summary>
/// <remarks>
/// Where strategies disagree the result gets smaller: its size is multiplied by the lead of the winning side over the
/// opposing one, so that an even split holds nothing. The order of the signals does not matter.
/// </remarks>
public sealed class SignalAggregator
{
    /// <summary><see cref="Signal.Strategy"/> of a joint signal.</summary>
    public const string Name = "Aggregate";

    private readonly Dictionary<string, double> weights = new(StringComparer.Ordinal);

    /// <param name="options">Rule, weights and bounds.</param>
    /// <param name="strategies">The catalogue's names, to which the weights must belong.</param>
    /// <exception cref="ConfigurationException">A weight for an unknown strategy, below 0, or no weight at all; a bound out of its range.</exception>
    public SignalAggregator(AggregatorOptions options, IReadOnlyCollection<string> strategies)
    {
        Options = options;
        foreach (var (name, weight) in options.Weights)
        {
            if (!(weight >= 0 && double.IsFinite(weight))) throw new ConfigurationException($"aggregator: the weight of {name} is {weight}; it must be 0 or more.");
            if (!weights.TryAdd(StrategyNames.Resolve(name, strategies), weight)) throw new ConfigurationException($"aggregator: {name} has two weights.");
        }

        var sum = weights.Values.Sum();
        if (!(sum > 0)) throw new ConfigurationException("aggregator: the weights add up to nothing; give at least one strategy a weight above 0.");
        foreach (var name in weights.Keys) weights[name] /= sum;
        CheckBounds(options);
    }

    public AggregatorOptions Options { get; }

    /// <summary>Joins one batch.</summary>
    /// <returns>One decision per instrument that has a signal: those with a result first, by confidence, newest, asset.</returns>
    public IReadOnlyList<AggregateDecision> Aggregate(IReadOnlyCollection<Signal> signals) =>
    [
        .. signals.GroupBy(s => s.Instrument).Select(g => Decide([.. g]))
            .OrderByDescending(d => d.Result?.Confidence ?? -1)
            .ThenByDescending(d => d.Result?.Time.Micros ?? 0)
            .ThenBy(d => d.Asset, StringComparer.Ordinal)
            .ThenBy(d => d.Instrument),
    ];

    private AggregateDecision Decide(Signal[] signals)
    {
        var inputs = signals.OrderBy(s => s.Strategy, StringComparer.Ordinal).ThenByDescending(s => s.Time.Micros)
            .Select(s => new AggregateInput(s, weights.GetValueOrDefault(s.Strategy), null)).ToArray();
        for (var i = 0; i < inputs.Length; i++) inputs[i] = inputs[i] with { Dropped = WhyNot(inputs, i) };
        var verdict = AggregateVerdict.Of(Array.FindAll(inputs, v => v.Dropped is null), Options);
        var (result, reason) = JointSignal.Of(verdict, Options);
        var judged = inputs.Select(v => v.Dropped is null && !verdict.Winners.Contains(v) ? v with { Dropped = verdict.Why } : v);
        return new AggregateDecision(signals[0].Asset, signals[0].Instrument, Options.Rule, [.. judged], result, reason);
    }

    private string? WhyNot(AggregateInput[] inputs, int index)
    {
        var (signal, weight) = (inputs[index].Signal, inputs[index].Weight);
        if (weight <= 0) return $"{signal.Strategy} has no weight";
        if (signal.Confidence < Options.MinConfidence) return $"confidence {signal.Confidence:0.###} is below {Options.MinConfidence:0.###}";
        return index > 0 && inputs[index - 1].Signal.Strategy == signal.Strategy ? "the strategy has a newer signal" : null;
    }

    private static void CheckBounds(AggregatorOptions options)
    {
        Check("min_confidence", options.MinConfidence, 1);
        Check("max_size", options.MaxSize, 10);
        Check("min_size", options.MinSize, options.MaxSize);
        Check("conservative_share", options.ConservativeShare, 1);
        Check("consensus_share", options.ConsensusShare, 1);
        Check("max_reward_risk", options.MaxRewardRisk, 100);

        static void Check(string name, double value, double max)
        {
            if (!(value >= 0 && value <= max)) throw new ConfigurationException($"aggregator: {name} = {value} is not a number from 0 to {max}.");
        }
    }
}
