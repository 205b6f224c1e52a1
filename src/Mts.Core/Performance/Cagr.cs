namespace Mts.Core.Performance;

/// <summary>Compound annual growth rate over years of 365 days.</summary>
public static class Cagr
{
    public const double MinDays = 30;

    /// <returns>(1 + total)^(365 / days) − 1; null under 30 days, where it says nothing, and for a total loss beyond the capital.</returns>
    public static double? Of(double totalReturn, double days) =>
        days < MinDays || totalReturn < -1 ? null : Finite(Math.Pow(1 + totalReturn, 365 / days) - 1);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
