namespace Mts.Core.Performance;

/// <summary>How often the deepest drawdown was earned back.</summary>
public static class RecoveryFactor
{
    /// <returns>Total return over the deepest drawdown, both fractions; null without a drawdown.</returns>
    public static double? Of(double totalReturn, double maxDrawdown) => maxDrawdown > 0 ? totalReturn / maxDrawdown : null;
}
