namespace Mts.Core.Market;

/// <summary>What a venue demanded of orders from a moment on.</summary>
/// <param name="From">UTC, included.</param>
/// <param name="Tick">Price step, quote units; null for none known.</param>
/// <param name="Lot">Quantity step, base units; null for none known.</param>
/// <param name="MinNotional">Least price × quantity, quote units; null for none known.</param>
public sealed record InstrumentRules(Timestamp From, decimal? Tick, decimal? Lot, decimal? MinNotional);
