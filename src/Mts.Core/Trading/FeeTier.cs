using Mts.Core.Market;

namespace Mts.Core.Trading;

/// <summary>The fees from a traded notional on.</summary>
/// <param name="From">Traded in the thirty days before, quote units, included.</param>
/// <param name="MakerBps">Of an order that rested; negative for a rebate.</param>
/// <param name="TakerBps">Of an order that did not.</param>
public sealed record FeeTier(decimal From, decimal MakerBps, decimal TakerBps);

/// <summary>The tiers in force from a moment on.</summary>
/// <param name="From">UTC, included.</param>
/// <param name="Tiers">The first from 0, rising.</param>
public sealed record FeeTable(Timestamp From, IReadOnlyList<FeeTier> Tiers);
