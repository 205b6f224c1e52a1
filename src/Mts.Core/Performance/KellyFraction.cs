namespace Mts.Core.Performance;

/// <summary>The share of the capital at stake that would have grown it fastest, were every trade a bet with the record's odds.</summary>
public static class KellyFraction
{
    /// <param name="winRate">0 to 1.</param>
    /// <param name="payoff">As <see cref="PayoffRatio"/>.</param>
    /// <returns>w − (1 − w) / payoff, negative where the bet is a bad one; null where one of them is undefined or the payoff is 0.</returns>
    /// <remarks>Kelly, A New Interpretation of Information Rate, Bell System Technical Journal 35(4), 1956. An estimate from a sample: half of it is already bold.</remarks>
    public static double? Of(double? winRate, double? payoff) => winRate is { } won && payoff is { } ratio and > 0 ? won - ((1 - won) / ratio) : null;
}
