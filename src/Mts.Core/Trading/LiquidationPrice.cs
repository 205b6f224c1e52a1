using System.Numerics;
using Mts.Core.Market;

namespace Mts.Core.Trading;

/// <summary>Where a perpetual's margin has fallen to what its venue asks for.</summary>
/// <remarks>
/// Binance, How to calculate liquidation price of USDⓈ-M futures contracts: LP = (WB − TMM₁ + UPNL₁ + cum − side·q·EP) / (q·MMR − side·q).
/// Bybit's formula for linear contracts, entry ∓ (initial − maintenance margin) / quantity, is the same with the position's own margin.
/// </remarks>
public static class LiquidationPrice
{
    /// <param name="side">Buy for a long.</param>
    /// <param name="quantity">10⁻⁸ base units, above zero.</param>
    /// <param name="entryNotional">Quantity × entry price, 10⁻⁸ quote units.</param>
    /// <param name="margin">
    /// What stands behind it without its own gain, 10⁻⁸ quote units: its own margin, or in cross mode the wallet with the gains of the other
    /// positions less their maintenance.
    /// </param>
    /// <param name="table">The venue's.</param>
    /// <returns>10⁻⁸ quote units, rounded to where it comes sooner; null where no price liquidates it.</returns>
    public static long? Of(Side side, WideInt quantity, WideInt entryNotional, WideInt margin, MarginTable table)
    {
        // Of the balance, which falls along one line, and the maintenance, which bends at each tier: they meet once.
        var own = ((BigInteger)margin - ((int)side * (BigInteger)entryNotional)) * Scaled.One;
        BigInteger? from = null;
        (BigInteger Top, BigInteger Bottom)? best = null;
        foreach (var step in table.Steps())
        {
            var bottom = (BigInteger)quantity * (step.Rate - ((int)side * Scaled.One));
            var top = own + step.Deduction;
            // Price = top / bottom; notional at it = quantity × price, and belongs to the last tier that begins at or below it.
            if (bottom.Sign < 0) (top, bottom) = (-top, -bottom);
            if (from is null || (BigInteger)quantity * top >= (BigInteger)step.From * bottom) best = (top, bottom);
            from = step.From;
        }

        if (best is not { } found || found.Top.Sign <= 0) return null;
        var (price, rest) = BigInteger.DivRem(found.Top * Scaled.One, found.Bottom);
        if (side == Side.Buy && !rest.IsZero) price++;
        return price > long.MaxValue ? null : (long)price;
    }
}
