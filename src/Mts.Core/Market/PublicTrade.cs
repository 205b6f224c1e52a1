namespace Mts.Core.Market;

/// <summary>A trade that everybody saw, or several of one order at one price.</summary>
/// <param name="Time">When it was made, UTC.</param>
/// <param name="Price">Quote units, above zero.</param>
/// <param name="Quantity">Base units, above zero.</param>
/// <param name="Count">How many single trades it stands for.</param>
public readonly record struct PublicTrade(Timestamp Time, decimal Price, decimal Quantity, int Count = 1);
