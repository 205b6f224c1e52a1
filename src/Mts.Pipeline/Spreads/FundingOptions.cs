using System.ComponentModel.DataAnnotations;

namespace Mts.Pipeline.Spreads;

/// <summary>When the funding of a perpetual is worth a report.</summary>
public sealed record FundingOptions
{
    /// <summary>A change of the rate by more, as a fraction of notional, is reported at once.</summary>
    [Range(0.0, 1.0)]
    public double ChangeAbsolute { get; init; } = 0.0001;

    /// <summary>A change of the rate by more, as a fraction of the rate reported before, is reported at once.</summary>
    [Range(0.0, 1_000.0)]
    public double ChangeRelative { get; init; } = 0.1;

    /// <summary>Changes too small for the relative limit to mean anything: below this, as a fraction of notional, they wait for the next report.</summary>
    [Range(0.0, 1.0)]
    public double ChangeFloor { get; init; } = 0.000001;

    /// <summary>Without a change a report is given at most so often.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ReportEvery { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A funding rate that is older is not known any more.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(60);
}
