namespace Mts.Core.Performance;

/// <summary>Mean return over its downside deviation, a year's worth; target 0.</summary>
public static class SortinoRatio
{
    /// <returns>Mean / √(Σ min(r, 0)² / n) × √periods; null without returns or without a loss.</returns>
    /// <remarks>Sortino and van der Meer, J. Portfolio Management 17(4), 1991.</remarks>
    public static double? Of(ReadOnlySpan<double> returns, double periodsPerYear)
    {
        if (returns.IsEmpty) return null;
        var squares = 0.0;
        foreach (var r in returns) squares += Math.Min(r, 0) * Math.Min(r, 0);
        var downside = Math.Sqrt(squares / returns.Length);
        return downside > 1e-12 ? Returns.Mean(returns) / downside * Math.Sqrt(periodsPerYear) : null;
    }
}
