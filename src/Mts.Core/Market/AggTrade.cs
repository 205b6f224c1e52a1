namespace Mts.Core.Market;

/// <summary>Trades of one taker order at one price, counted as one.</summary>
/// <param name="Id">Rising by one per market.</param>
/// <param name="Time">When they were made, UTC.</param>
/// <param name="Price">Quote units.</param>
/// <param name="Quantity">Base units.</param>
/// <param name="FirstTradeId">The first single trade in it.</param>
/// <param name="LastTradeId">The last one.</param>
/// <param name="BuyerIsMaker">True where the taker sold.</param>
public readonly record struct AggTrade(
    long Id, Timestamp Time, decimal Price, decimal Quantity, long FirstTradeId, long LastTradeId, bool BuyerIsMaker);
