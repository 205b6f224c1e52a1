using Mts.Core.Market;

namespace Mts.Strategies.FundingCarry;

/// <summary>What longs of a perpetual have paid of late, as a rate per year; negative where shorts have.</summary>
internal static class FundingYield
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <param name="settled">Oldest first.</param>
    /// <param name="rates">How many of the last to take.</param>
    /// <param name="maxAge">Of the newest.</param>
    /// <param name="now">The instant.</param>
    /// <returns>Their sum over the time that they are for, a fraction a year; null where they are too few or too old.</returns>
    public static double? Of(ReadOnlySpan<FundingRate> settled, int rates, TimeSpan maxAge, Timestamp now)
    {
        // The time of n payments is told by the one before them.
        if (settled.Length <= rates || now - settled[^1].Time > maxAge) return null;
        var sum = 0.0;
        foreach (ref readonly var rate in settled[^rates..]) sum += rate.Rate;
        return sum * (Year / (settled[^1].Time - settled[^(rates + 1)].Time));
    }
}
