using Mts.Core.Market;

namespace Mts.Core.Quality;

/// <summary>A bar of trades. All of its prices are prices at which somebody traded, also those of Renko bars.</summary>
/// <param name="Bar">Opens at the time of its first trade.</param>
/// <param name="CloseTime">The time of its last trade.</param>
/// <param name="Trades">Single trades in it.</param>
/// <param name="QuoteVolume">Sum of price × quantity.</param>
/// <param name="Bricks">Renko: how many bricks it went, up (+) or down (−); else null.</param>
/// <param name="Level">Renko: where the last brick ends; else null.</param>
public readonly record struct TradeBar(Bar Bar, Timestamp CloseTime, long Trades, decimal QuoteVolume, long? Bricks = null, decimal? Level = null);
