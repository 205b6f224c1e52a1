using System.ComponentModel.DataAnnotations;

namespace Mts.Pipeline.Realtime.Signals;

/// <summary>When something in the market of the moment is worth a signal.</summary>
public sealed record RealtimeSignalOptions
{
    /// <summary>Least net profit of an arbitrage, percent of what is bought.</summary>
    [Range(0.0, 100.0)]
    public double ArbitragePercent { get; init; } = 0.1;

    /// <summary>Least confidence of an arbitrage.</summary>
    [Range(0.0, 1.0)]
    public double ArbitrageConfidence { get; init; } = 0.5;

    /// <summary>A wider spread, percent of the bid, is an anomaly.</summary>
    [Range(0.0, 100.0)]
    public double SpreadPercent { get; init; } = 0.1;

    /// <summary>A greater growth of what the best five levels of both sides offer, percent, is a spike.</summary>
    [Range(1.0, 100_000.0)]
    public double VolumePercent { get; init; } = 50;

    /// <summary>What is offered is measured so often, and held against the measurement before.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan VolumeEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A greater volatility of a quarter of an hour, percent, is a signal.</summary>
    [Range(0.001, 1_000.0)]
    public double VolatilityPercent { get; init; } = 1;

    /// <summary>How long an arbitrage counts.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ArbitrageLife { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long every other signal counts.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Life { get; init; } = TimeSpan.FromMinutes(5);
}
