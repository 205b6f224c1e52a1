using System.ComponentModel.DataAnnotations;
using Mts.Core.Signals;

namespace Mts.Cli.Configuration;

/// <summary>The strategies that <c>mts run</c> lets look at the live market; their parameters stand in <c>config/strategies</c>.</summary>
internal sealed record RunSettings
{
    /// <summary>By name; empty for none.</summary>
    public IReadOnlyList<string> Strategies { get; init; } = ["SmaCross", "Macd"];

    /// <summary>Whose bars.</summary>
    [AllowedValues("binance", "bybit")]
    public string Venue { get; init; } = "binance";

    [AllowedValues("spot", "perp")]
    public string Market { get; init; } = "spot";

    /// <summary>Assets or markets; those of realtime.symbols where empty.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>A multiple of 1m.</summary>
    public Interval Interval { get; init; } = Interval.Hour;

    /// <summary>How the views of several strategies are joined.</summary>
    public string Aggregate { get; init; } = "weighted-average";

    /// <summary>How long an instant waits for the bars of the other markets.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Lateness { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A strategy that does not return for so long is left out.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan StrategyTimeout { get; init; } = StrategyWatch.Usual;

    public IEnumerable<string> Problems()
    {
        if (Interval.Micros % Interval.Minute.Micros != 0) yield return $"run.interval: {Interval} bars cannot be had, because the feeds bring 1m bars; choose a multiple of 1m.";
        if (AggregateProblem() is { } problem) yield return $"run.aggregate: {problem}";
    }

    private string? AggregateProblem()
    {
        try
        {
            _ = AggregatorOptions.ParseRule(Aggregate);
            return null;
        }
        catch (ConfigurationException unknown)
        {
            return unknown.Message;
        }
    }
}

/// <summary>What <c>mts run</c> does again and again, on the wall clock's grid; zero for never.</summary>
internal sealed record ScheduleSettings
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>Daily bars of sources.symbols.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan Collect { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How many days back.</summary>
    [Range(1, 365)]
    public int CollectDays { get; init; } = 2;

    /// <summary>The standard macro series.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan CollectMacro { get; init; } = TimeSpan.FromHours(6);

    [Range(1, 365)]
    public int CollectMacroDays { get; init; } = 30;

    /// <summary>Deletes what realtime.recording.retention no longer keeps.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(1);

    public IEnumerable<string> Problems() =>
        from entry in new[] { ("collect", Collect), ("collectMacro", CollectMacro), ("retention", Retention) }
        where entry.Item2 > TimeSpan.Zero && entry.Item2 < Shortest
        select $"schedule.{entry.Item1}: {entry.Item2} is shorter than a second; 0s means never.";
}
