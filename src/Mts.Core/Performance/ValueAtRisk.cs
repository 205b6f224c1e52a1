namespace Mts.Core.Performance;

/// <summary>The loss that was exceeded in the worst share of the periods, as history had it: no distribution is assumed.</summary>
public static class ValueAtRisk
{
    /// <summary>Returns below which the worst five per cent are hardly one.</summary>
    public const int LeastReturns = 20;

    /// <param name="returns">Per period.</param>
    /// <param name="level">Share of the periods with a smaller loss, 0.95 unless given.</param>
    /// <returns>The (1 − level) quantile with its sign turned: positive is a loss. Null below 20 returns.</returns>
    /// <remarks>Jorion, Value at Risk, 3rd ed., 2006, chapter 5: historical simulation.</remarks>
    public static double? Of(ReadOnlySpan<double> returns, double level = 0.95) =>
        returns.Length < LeastReturns ? null : -Quantile.Of(Quantile.Sorted(returns), 1 - level);
}
