using Mts.Core.Market;
using Mts.Core.Signals;

namespace Mts.Core.Trading;

/// <summary>What a strategy asks the venue to do; what it does with it is on the page <c>docs/execution.md</c>.</summary>
public sealed record OrderRequest
{
    /// <summary>Index of the instrument in the run.</summary>
    public required int Instrument { get; init; }

    public required Side Side { get; init; }

    public OrderType Type { get; init; }

    /// <summary>Base units, above zero, rounded down to the lot; null where <see cref="EquityFraction"/> says it.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>The quantity as a fraction of equity at the price of the first fill, above 0 to 1; null where <see cref="Quantity"/> says it.</summary>
    public double? EquityFraction { get; init; }

    /// <summary>The worst price that is accepted: of a limit and a stop-limit order.</summary>
    public decimal? LimitPrice { get; init; }

    /// <summary>The price that sets the order off: of a stop, a stop-limit and a take-profit order.</summary>
    public decimal? StopPrice { get; init; }

    /// <summary>How far a trailing stop stays behind the best price, quote units; or <see cref="TrailFraction"/>.</summary>
    public decimal? TrailAmount { get; init; }

    /// <summary>The same as a fraction of the best price, above 0 and below 1.</summary>
    public double? TrailFraction { get; init; }

    public TimeInForce TimeInForce { get; init; }

    /// <summary>When a <see cref="TimeInForce.GoodTilDate"/> order ends.</summary>
    public Timestamp? GoodUntil { get; init; }

    /// <summary>A limit order that is refused where it would trade at once.</summary>
    public bool PostOnly { get; init; }

    /// <summary>Never opens, adds or turns: what is more than the position is cancelled.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>A stop that closes what this order opens, from its fill on; ends with <see cref="TakeProfit"/>.</summary>
    public decimal? StopLoss { get; init; }

    /// <summary>A limit that closes what this order opens, from its fill on; ends with <see cref="StopLoss"/>.</summary>
    public decimal? TakeProfit { get; init; }

    /// <summary>Orders of one strategy with the same number are one-cancels-the-other: at the first fill of one the rest end.</summary>
    public int? OcoGroup { get; init; }

    /// <summary>Stands in fills and trades.</summary>
    public Wording Why { get; init; } = "order";
}

public enum OrderType
{
    /// <summary>At the next price.</summary>
    Market,

    /// <summary>At <see cref="OrderRequest.LimitPrice"/> or better.</summary>
    Limit,

    /// <summary>A market order once the price is at <see cref="OrderRequest.StopPrice"/> or beyond: above for a buy, below for a sale.</summary>
    Stop,

    /// <summary>The same with a limit order.</summary>
    StopLimit,

    /// <summary>A stop that follows the best price since it arrived.</summary>
    TrailingStop,

    /// <summary>A market order once the price is at <see cref="OrderRequest.StopPrice"/> or better: below for a buy, above for a sale.</summary>
    TakeProfit,
}

public enum TimeInForce
{
    /// <summary>Works until it is filled or cancelled.</summary>
    GoodTilCancelled,

    /// <summary>Takes what there is at its first price; the rest ends. Market and limit orders.</summary>
    ImmediateOrCancel,

    /// <summary>All at its first price, or nothing. Market and limit orders.</summary>
    FillOrKill,

    /// <summary>Works until <see cref="OrderRequest.GoodUntil"/>.</summary>
    GoodTilDate,
}
