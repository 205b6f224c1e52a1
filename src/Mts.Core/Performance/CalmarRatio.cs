namespace Mts.Core.Performance;

/// <summary>Growth per year over the deepest drawdown.</summary>
public static class CalmarRatio
{
    /// <returns>Null where the growth is undefined, or without a drawdown.</returns>
    public static double? Of(double? cagr, double maxDrawdown) => cagr is { } growth && maxDrawdown > 0 ? growth / maxDrawdown : null;
}
