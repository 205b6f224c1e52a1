using System.ComponentModel.DataAnnotations;

namespace Mts.Pipeline.Spreads;

/// <summary>How a venue's clock is read from what it sends.</summary>
public sealed record ClockOptions
{
    /// <summary>How far back messages count.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest that the fastest message of a window may have been under way; what no message can tell. Not used while there are probes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:05")]
    public TimeSpan AssumedTransit { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How far two clocks drift apart, in microseconds a second.</summary>
    [Range(0.0, 1_000.0)]
    public double DriftPpm { get; init; } = 100;
}
