namespace Mts.Core.Market;

/// <summary>An order book as it stood at one update.</summary>
/// <param name="Symbol">The market.</param>
/// <param name="UpdateId">The venue's number of the last update in it; changes with higher numbers come on top.</param>
/// <param name="Time">The venue's time of the book, UTC; null where it does not say.</param>
/// <param name="Bids">Best (highest) first.</param>
/// <param name="Asks">Best (lowest) first.</param>
public sealed record DepthSnapshot(Symbol Symbol, long UpdateId, Timestamp? Time, IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks);
