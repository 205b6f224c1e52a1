using System.Numerics;
using Mts.Core.Market;

namespace Mts.Core.Trading;

/// <summary>What a liquidation comes to: its price, its fees, and never a loss beyond the margin; what is more is the venue's.</summary>
/// <param name="Price">10⁻⁸ quote units, before slippage; the bankruptcy price where the margin does not suffice.</param>
/// <param name="Costs">That make the fill's price of it; none at bankruptcy.</param>
/// <param name="Notional">10⁻⁸ quote units.</param>
/// <param name="Fee">The taker's, as far as margin is left.</param>
/// <param name="LiquidationFee">The venue's, as far as margin is left.</param>
/// <param name="IsBankrupt">Whether the margin did not suffice.</param>
public readonly record struct LiquidationBill(long Price, Costs Costs, WideInt Notional, WideInt Fee, WideInt LiquidationFee, bool IsBankrupt)
{
    private static readonly Costs None = new(0, 0);

    /// <param name="opened">The position's side.</param>
    /// <param name="quantity">10⁻⁸ base units.</param>
    /// <param name="entryNotional">10⁻⁸ quote units.</param>
    /// <param name="margin">All that may be lost, 10⁻⁸ quote units.</param>
    /// <param name="costs">In force.</param>
    /// <param name="price">10⁻⁸ quote units, before slippage.</param>
    /// <param name="feeBps">The liquidation fee.</param>
    public static LiquidationBill Of(Side opened, WideInt quantity, WideInt entryNotional, WideInt margin, Costs costs, long price, decimal feeBps)
    {
        margin = WideInt.Max(0, margin);
        var (closing, sign) = (opened == Side.Buy ? Side.Sell : Side.Buy, (int)opened);
        var notional = costs.Notional(closing, quantity, price);
        var isBankrupt = margin + (sign * (notional - entryNotional)) < 0;
        if (isBankrupt)
        {
            price = Bankruptcy(opened, quantity, entryNotional, margin);
            notional = Scaled.Value(quantity, price);
        }

        var left = WideInt.Max(0, margin + (sign * (notional - entryNotional)));
        var fee = WideInt.Min(left, costs.Fee(notional));
        var full = Scaled.Round(notional, Scaled.Amount(feeBps), (WideInt)Scaled.One * 10_000);
        var charged = WideInt.Min(left - fee, full);
        return new LiquidationBill(price, isBankrupt ? None : costs, notional, fee, charged, isBankrupt || charged < full);
    }

    // The price at which all margin is lost, rounded to the trader's side, so that no more is.
    private static long Bankruptcy(Side opened, WideInt quantity, WideInt entryNotional, WideInt margin)
    {
        var worth = (BigInteger)(entryNotional - ((int)opened * margin)) * Scaled.One;
        if (worth.Sign <= 0) return 0;
        return (long)(opened == Side.Buy ? (worth + quantity - 1) / quantity : worth / quantity);
    }
}
