using Mts.Core.Market;

namespace Mts.Core.Trading;

/// <summary>An executed order.</summary>
/// <param name="Order">The order, filled in full.</param>
/// <param name="Price">Quote units per base unit, slippage included.</param>
/// <param name="Fee">Quote units, charged on top.</param>
/// <param name="SlippageCost">Quote units lost against the price before slippage; contained in <paramref name="Price"/>.</param>
/// <param name="Time">When it was executed, UTC.</param>
public sealed record Fill(Order Order, decimal Price, decimal Fee, decimal SlippageCost, Timestamp Time)
{
    /// <summary>Quote units before the fee.</summary>
    public decimal Notional => Order.Quantity * Price;

    /// <summary>What it adds to the position; negative for a sale.</summary>
    public decimal SignedQuantity => (int)Order.Side * Order.Quantity;

    /// <summary>What it adds to the cash; negative for a buy.</summary>
    public decimal CashFlow => ((int)Order.Side * -Notional) - Fee;
}
