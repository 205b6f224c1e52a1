using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Engine;

namespace Mts.Cli.Live;

/// <summary>What runs on the live market.</summary>
internal sealed record StrategyRunnerPlan
{
    /// <summary>The program's version.</summary>
    public required string Version { get; init; }

    /// <summary>All of one interval, a multiple of a minute.</summary>
    public required IReadOnlyList<RunInstrument> Instruments { get; init; }

    public required IReadOnlyList<StrategyUse> Strategies { get; init; }

    /// <summary>Bars that close before it warm the strategies up and give no signal.</summary>
    public required Timestamp Start { get; init; }

    /// <summary>How long an instant waits for the bars of the other instruments.</summary>
    public TimeSpan Lateness { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How the views of several strategies are joined.</summary>
    public AggregationRule Rule { get; init; } = AggregationRule.WeightedAverage;

    public Interval Interval => Instruments[0].Key.Interval;

    /// <exception cref="ConfigurationException">Nothing can be run so.</exception>
    public void Validate()
    {
        if (Instruments.Count == 0 || Strategies.Count == 0) throw new ConfigurationException("live strategies need at least one strategy and one market.");
        if (Instruments.Any(i => i.Key.Interval != Interval)) throw new ConfigurationException("all markets of live strategies have one interval.");
        if (Interval.Micros % Interval.Minute.Micros != 0) throw new ConfigurationException($"live strategies cannot run on {Interval} bars, because the feeds bring 1m bars; choose a multiple of 1m.");
    }
}
