using Mts.Core.Market;

namespace Mts.Core.Trading;

/// <summary>An executed order, or part of one.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Instrument">Index of the instrument in the run.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Quantity">Base units, above zero.</param>
/// <param name="Price">Quote units per base unit, slippage included.</param>
/// <param name="Fee">Quote units, charged on top.</param>
/// <param name="SlippageCost">Quote units lost against the price before slippage; contained in <paramref name="Price"/>.</param>
/// <param name="Time">When it was executed, UTC.</param>
public sealed record Fill(
    long OrderId, int Instrument, Side Side, decimal Quantity, decimal Price, decimal Fee, decimal SlippageCost, Timestamp Time)
{
    /// <summary>Quote units before the fee.</summary>
    public decimal Notional => Quantity * Price;

    /// <summary>What it adds to the position; negative for a sale.</summary>
    public decimal SignedQuantity => (int)Side * Quantity;

    /// <summary>What it adds to the cash; negative for a buy.</summary>
    public decimal CashFlow => ((int)Side * -Notional) - Fee;
}
