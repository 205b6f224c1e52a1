namespace Mts.Core.Performance;

/// <summary>The mean result of a trade for each unit that a losing one loses.</summary>
public static class ExpectancyRatio
{
    /// <param name="winRate">0 to 1.</param>
    /// <param name="payoff">As <see cref="PayoffRatio"/>.</param>
    /// <returns>(1 + payoff) × win rate − 1; null where one of them is undefined. Trades that neither won nor lost count as lost.</returns>
    /// <remarks>Tharp, Trade Your Way to Financial Freedom, 2nd ed., 2007, chapter 7.</remarks>
    public static double? Of(double? winRate, double? payoff) => winRate is { } won && payoff is { } ratio ? ((1 + ratio) * won) - 1 : null;
}
