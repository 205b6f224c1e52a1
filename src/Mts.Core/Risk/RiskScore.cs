namespace Mts.Core.Risk;

/// <summary>A word for a <see cref="RiskScore"/>.</summary>
public enum RiskLevel
{
    /// <summary>Score up to 0.08.</summary>
    Low,

    /// <summary>Up to 0.12.</summary>
    Medium,

    /// <summary>Up to 0.18.</summary>
    High,
    Critical,
}

/// <summary>One figure for how risky a position is, 0 to 1.</summary>
public static class RiskScore
{
    /// <summary>0.30 position + 0.25 heat + 0.25 drawdown + 0.10 volatility + 0.10 correlation, each clamped to 0–1.</summary>
    /// <param name="position">Value of the position as a fraction of equity.</param>
    /// <param name="heat">Value of all positions, the new one included, as a fraction of equity.</param>
    /// <param name="drawdown">Fall of equity from its peak.</param>
    /// <param name="volatility">Of the asset, where known.</param>
    /// <param name="correlation">With what is held, where known.</param>
    public static double Of(double position, double heat, double drawdown, double volatility = 0, double correlation = 0) =>
        (0.30 * Clamp(position)) + (0.25 * Clamp(heat)) + (0.25 * Clamp(drawdown)) + (0.10 * Clamp(volatility)) + (0.10 * Clamp(correlation));

    public static RiskLevel Level(double score) => score switch
    {
        <= 0.08 => RiskLevel.Low,
        <= 0.12 => RiskLevel.Medium,
        <= 0.18 => RiskLevel.High,
        _ => RiskLevel.Critical,
    };

    private static double Clamp(double value) => Math.Clamp(value, 0, 1);
}
