namespace Mts.Core.Market;

/// <summary>A venue's market for an asset, with the rules an order must obey there.</summary>
/// <param name="Venue">Lower case.</param>
/// <param name="Symbol">The market.</param>
/// <param name="Tick">Price step, quote units; null where unknown.</param>
/// <param name="Lot">Quantity step, base units; null where unknown.</param>
/// <param name="MinNotional">Least price × quantity of an order, quote units; null where unknown.</param>
/// <param name="FundingInterval">Time between funding payments, for a perpetual.</param>
public sealed record Instrument(
    string Venue, Symbol Symbol, decimal? Tick = null, decimal? Lot = null, decimal? MinNotional = null, TimeSpan? FundingInterval = null)
{
    public override string ToString() => $"{Venue} {Symbol}";
}
