using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Risk;
using Mts.Core.Signals;
using Mts.Engine.Allocation;

namespace Mts.Engine.Sessions;

/// <summary>At which prices a session's orders fill.</summary>
public enum FillRule
{
    /// <summary>At the open of the next bar, as in a backtest; the fill is known when that bar has closed.</summary>
    Open,

    /// <summary>At the best price of the live book, up to the size offered there.</summary>
    Book,
}

/// <summary>Everything that a session is but its data: with the inputs of its journal it says what the session does, on any machine.</summary>
public sealed record SessionPlan
{
    /// <summary>Letters, digits, <c>-</c> and <c>_</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The program's version.</summary>
    public required string Version { get; init; }

    /// <summary>The first instant at which an order may fill; bars before it warm indicators up.</summary>
    public required Timestamp Start { get; init; }

    /// <summary>All of one interval.</summary>
    public required IReadOnlyList<RunInstrument> Instruments { get; init; }

    /// <summary>With all their parameters.</summary>
    public required IReadOnlyList<StrategyUse> Strategies { get; init; }

    public BacktestOptions Options { get; init; } = new();

    /// <summary>Null for none.</summary>
    public RiskOptions? Limits { get; init; }

    /// <summary>Null for a single strategy.</summary>
    public AggregatorOptions? Aggregator { get; init; }

    /// <summary>How the capital is shared among what the one strategy wants to hold; null for as it says.</summary>
    public AllocationOptions? Allocation { get; init; }

    public FillRule Fill { get; init; }

    /// <summary>How long an instant waits for the bars of the other instruments after the first one came; what comes later is a gap.</summary>
    public TimeSpan Lateness { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A best price received longer ago is not traded at.</summary>
    public TimeSpan BookAge { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What a result says of the strategies: their own parameters, and the allocation beside them.</summary>
    internal IReadOnlyList<IReadOnlyDictionary<string, string>> Parameters => Allocation is not { } rule
        ? [.. Strategies.Select(s => s.Parameters)]
        : [new SortedDictionary<string, string>(Strategies[0].Parameters.Concat(rule.ToParameters()).ToDictionary(), StringComparer.Ordinal)];

    /// <summary>The first part that another plan states otherwise, whatever its name, version and start: <c>options.fee_bps is 10, not 5</c>; null where there is none.</summary>
    public string? DifferenceFrom(SessionPlan other) => PlanJson.Difference(this, other with { Id = Id, Version = Version, Start = Start });

    internal Interval Interval => Instruments[0].Key.Interval;

    /// <exception cref="ConfigurationException">Lists what is out of range.</exception>
    public void Validate()
    {
        Options.Validate();
        if (Id.Length is 0 or > 64 || !Id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw new ConfigurationException($"'{Id}' is no name of a session: up to 64 letters, digits, - and _.");
        if (Instruments.Count == 0 || Strategies.Count == 0) throw new ArgumentException("A session needs an instrument and a strategy.");
        if (Instruments.Select(i => i.Key.Interval).Distinct().Count() > 1) throw new ArgumentException("All instruments of a session have one interval.");
        if (Strategies.Count > 1 && Aggregator is null) throw new ArgumentException("Several strategies need an aggregator.");
        Allocation?.Validate();
        if (Allocation is not null && Strategies.Count > 1) throw new ConfigurationException("an allocation sizes the positions of one strategy; give one.");
        if (Options.Costs?.Spread is { Bps: null }) throw new ConfigurationException("a session does not look up recorded spreads: give the spread in bps, or fill at the live book.");
        if (Fill == FillRule.Book && Options.Costs?.Margin is not null) throw new ConfigurationException("margin is of fills at the open: at the live book nothing looks for liquidations.");
        if (Options.Execution.Finer is not null) throw new ConfigurationException("a session has no finer bars; leave `finer` out.");
        if (Fill == FillRule.Book && !Options.Execution.IsPlain) throw new ConfigurationException("latency and a share of the volume are for sessions that fill at the open; the book has its own.");
        if (Lateness < TimeSpan.Zero || BookAge <= TimeSpan.Zero) throw new ConfigurationException($"lateness is {Lateness} and book age {BookAge}; both must be above zero.");
    }
}
