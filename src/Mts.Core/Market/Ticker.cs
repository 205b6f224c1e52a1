namespace Mts.Core.Market;

/// <summary>A market's last price and best quotes.</summary>
/// <param name="Symbol">The market.</param>
/// <param name="Time">The venue's time, UTC.</param>
/// <param name="Last">Price of the last trade, quote units; null before the first one.</param>
/// <param name="Bid">Best bid; null where that side is empty.</param>
/// <param name="Ask">Best ask; null where that side is empty.</param>
public sealed record Ticker(Symbol Symbol, Timestamp Time, decimal? Last, BookLevel? Bid, BookLevel? Ask);
