using Mts.Core.Market;
using Mts.Core.Signals;

namespace Mts.Core.Trading;

/// <summary>What has become of an order.</summary>
/// <param name="Id">As it was given when it was submitted; bracket orders have their own.</param>
/// <param name="Parent">The order whose fill brought this bracket order into being; null for what a strategy submitted.</param>
/// <param name="Request">The order.</param>
/// <param name="State">It is in from now on.</param>
/// <param name="Quantity">Base units that this report is about: filled now, or left unfilled at an end; 0 where it was never worked out.</param>
/// <param name="Price">Of the fill, slippage included; null for an end without one.</param>
/// <param name="Time">When it happened, UTC.</param>
/// <param name="Rule">Why it ended unfilled, in one word: <c>cash</c>, <c>post_only</c>, <c>expired</c>…; empty for a fill.</param>
/// <param name="Reason">The same with the figures.</param>
public sealed record OrderReport(
    long Id, long? Parent, OrderRequest Request, OrderState State, decimal Quantity, decimal? Price, Timestamp Time, string Rule, Wording Reason);

public enum OrderState
{
    Working,
    PartlyFilled,
    Filled,
    Cancelled,
    Rejected,
    Expired,
}

/// <summary>An order that waits.</summary>
/// <param name="Id">As it was given when it was submitted.</param>
/// <param name="Parent">The order whose fill brought it into being; null for what a strategy submitted.</param>
/// <param name="Request">The order.</param>
/// <param name="Filled">Base units so far.</param>
/// <param name="StopPrice">Where it is set off now, a trailing stop's included; null without such a price or once it was set off.</param>
/// <param name="Time">When it was submitted.</param>
public sealed record WorkingOrder(long Id, long? Parent, OrderRequest Request, decimal Filled, double? StopPrice, Timestamp Time);

/// <summary>An order that was not filled in full.</summary>
/// <param name="Id">Of the order.</param>
/// <param name="Strategy">That submitted it.</param>
/// <param name="Symbol">The market.</param>
/// <param name="Request">The order.</param>
/// <param name="State">At the end.</param>
/// <param name="Filled">Base units.</param>
/// <param name="Submitted">When.</param>
/// <param name="Ended">When; null for one that still works.</param>
/// <param name="Rule">Why, in one word.</param>
/// <param name="Reason">The same with the figures.</param>
public sealed record UnfilledOrder(
    long Id, string Strategy, string Symbol, OrderRequest Request, OrderState State, decimal Filled, Timestamp Submitted, Timestamp? Ended, string Rule, string Reason);
