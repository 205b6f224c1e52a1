namespace Mts.Core.Trading;

/// <summary>Fee and slippage of a market fill, in exact integers.</summary>
/// <param name="feeBps">Of notional, each side, 0 to 10,000.</param>
/// <param name="slippageBps">Against the trader, 0 to 5,000.</param>
public sealed class Costs(decimal feeBps, decimal slippageBps)
{
    private const long One = Scaled.One;
    private readonly long fee = (long)(feeBps * (One / 10_000));
    private readonly long slippage = (long)(slippageBps * (One / 10_000));

    /// <summary>What a fill is worth, slippage included: paid for a buy, received for a sale; before the fee.</summary>
    /// <param name="side">Buys cost more, sales bring less.</param>
    /// <param name="quantity">10⁻⁸ base units.</param>
    /// <param name="price">10⁻⁸ quote units, before slippage.</param>
    /// <param name="slips">False for a limit order, which fills at its price.</param>
    public Int128 Notional(Side side, Int128 quantity, long price, bool slips = true) =>
        Scaled.Divide(quantity * price * Factor(side, slips), (Int128)One * One);

    /// <summary>The fee on a notional, rounded once.</summary>
    public Int128 Fee(Int128 notional) => Scaled.Divide(notional * fee, One);

    /// <summary>The price of a fill with slippage, exact.</summary>
    public decimal FillPrice(Side side, long price, bool slips = true) => (decimal)price / One * (Factor(side, slips) / (decimal)One);

    /// <summary>The quantity, a multiple of the lot, that a fraction of equity buys or sells at the fill price.</summary>
    public Int128 Target(Side side, Int128 value, long price, long lot) =>
        price <= 0 ? 0 : Down(value * One * One / ((Int128)price * Factor(side, slips: true)), lot);

    /// <summary>The largest multiple of the lot whose cost with slippage and fee fits the cash.</summary>
    public Int128 Affordable(Int128 cash, long price, long lot)
    {
        if (cash <= 0 || price <= 0) return 0;
        var notional = cash * One / (One + fee);
        while (notional + 1 + Fee(notional + 1) <= cash) notional++;
        while (notional + Fee(notional) > cash) notional--;
        // Notional rounds half up: quantity × price × factor must stay below (notional + ½) × 10¹⁶.
        var quantity = ((((notional * 2) + 1) * One * One) - 1) / ((Int128)price * Factor(Side.Buy, slips: true) * 2);
        return Down(quantity, lot);
    }

    private long Factor(Side side, bool slips) => slips ? One + ((int)side * slippage) : One;

    private static Int128 Down(Int128 quantity, long lot) => quantity - (quantity % lot);
}
