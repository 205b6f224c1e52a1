namespace Mts.Core.Market;

/// <summary>One settled funding payment of a perpetual.</summary>
/// <param name="Time">Settlement, UTC, as the venue stamped it (some carry a few milliseconds past the hour).</param>
/// <param name="Rate">Fraction of notional that longs pay to shorts; negative where shorts pay.</param>
/// <param name="MarkPrice">Mark price at settlement, quote units; null where the source does not give it.</param>
public readonly record struct FundingRate(Timestamp Time, double Rate, double? MarkPrice);
