namespace Mts.Core.Market;

/// <summary>What a perpetual is valued at now, and the funding that is building up.</summary>
/// <param name="Symbol">The perpetual.</param>
/// <param name="Time">The venue's time, UTC.</param>
/// <param name="Mark">Mark price, quote units.</param>
/// <param name="Index">Price of the index below it; null where the venue gives none.</param>
/// <param name="PredictedRate">Funding rate expected at the next settlement, fraction of notional; not a settled rate.</param>
/// <param name="NextFunding">The next settlement; null where the contract pays none.</param>
public sealed record MarkPrice(Symbol Symbol, Timestamp Time, decimal Mark, decimal? Index, double? PredictedRate, Timestamp? NextFunding);
