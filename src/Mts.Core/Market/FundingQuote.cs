namespace Mts.Core.Market;

/// <summary>What a funding payment was going to be, as quoted before its settlement: a forecast, never a payment.</summary>
/// <param name="Time">When the rate was seen, UTC.</param>
/// <param name="Rate">Fraction of notional that longs would pay to shorts.</param>
/// <param name="SettlesAt">The settlement that the rate was quoted for.</param>
public readonly record struct FundingQuote(Timestamp Time, double Rate, Timestamp SettlesAt);
