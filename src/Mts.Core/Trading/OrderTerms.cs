using Mts.Core.Market;

namespace Mts.Core.Trading;

/// <summary>What an order meets at its venue at its time.</summary>
/// <param name="Costs">Fee and slippage.</param>
/// <param name="Lot">Quantity step, 10⁻⁸ base units.</param>
/// <param name="MinNotional">Least worth of an order that opens, 10⁻⁸ quote units; 0 for none.</param>
public sealed record OrderTerms(Costs Costs, long Lot, WideInt MinNotional)
{
    /// <summary>The largest multiple of the lot.</summary>
    public WideInt Down(WideInt quantity) => quantity - (quantity % Lot);
}
