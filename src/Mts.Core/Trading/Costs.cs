using Mts.Core.Market;

namespace Mts.Core.Trading;

/// <summary>Fee and slippage of a fill, in exact integers of 10⁻⁸.</summary>
/// <param name="feeBps">Of notional, on each side; up to four decimals.</param>
/// <param name="slippageBps">Against the trader; up to four decimals, below 10,000.</param>
/// <param name="tick">Price step, 10⁻⁸ quote units: a fill is moved to it against the trader; 0 for none.</param>
public sealed class Costs(decimal feeBps, decimal slippageBps, long tick = 0)
{
    private const long One = Scaled.One;

    private readonly Share bought = Share.Of(One + (long)(slippageBps * (One / 10_000)));
    private readonly Share sold = Share.Of(One - (long)(slippageBps * (One / 10_000)));
    private readonly Share fee = Share.Of((long)(feeBps * (One / 10_000)));
    private readonly Share withFee = Share.Of(One + (long)(feeBps * (One / 10_000)));

    /// <summary>What a fill is worth, slippage included: paid for a buy, received for a sale; before the fee. Rounded once, half up.</summary>
    /// <param name="side">Buys cost more, sales bring less.</param>
    /// <param name="quantity">10⁻⁸ base units.</param>
    /// <param name="price">10⁻⁸ quote units, before slippage.</param>
    /// <param name="slips">False for a limit order, which fills at its price.</param>
    public WideInt Notional(Side side, WideInt quantity, long price, bool slips = true)
    {
        if (tick != 0) return Scaled.Value(quantity, Stepped(side, price, slips));
        return Scaled.Round(quantity * price, Of(side, slips).Part, (WideInt)Of(side, slips).Whole * One);
    }

    /// <summary>The fee on a notional, rounded once, half up.</summary>
    public WideInt Fee(WideInt notional) => Scaled.Round(notional, fee.Part, fee.Whole);

    /// <summary>The price of a fill with slippage, exact.</summary>
    public decimal FillPrice(Side side, long price, bool slips = true) =>
        tick != 0 ? Scaled.ToDecimal(Stepped(side, price, slips)) : Scaled.ToDecimal(price) * Of(side, slips).Value;

    /// <summary>The largest multiple of the lot that is worth at most <paramref name="value"/> at the price with slippage.</summary>
    public WideInt Worth(Side side, WideInt value, long price, long lot, bool slips = true)
    {
        if (tick != 0) (price, slips) = (Stepped(side, price, slips), false);
        return value <= 0 || price <= 0 ? 0 : Down(Scaled.Floor(value, (WideInt)Of(side, slips).Whole * One, (WideInt)price * Of(side, slips).Part), lot);
    }

    /// <summary>The largest multiple of the lot whose exact cost with slippage and fee fits the cash.</summary>
    /// <remarks>The rounded cost may exceed the cash by 10⁻⁸; see <see cref="FeeWithin"/>.</remarks>
    public WideInt Affordable(WideInt cash, long price, long lot, bool slips = true)
    {
        if (tick != 0) (price, slips) = (Stepped(Side.Buy, price, slips), false);
        var share = Of(Side.Buy, slips);
        return cash <= 0 || price <= 0 ? 0 : Down(Scaled.Floor(cash, (WideInt)share.Whole * withFee.Whole * One, (WideInt)price * share.Part * withFee.Part), lot);
    }

    /// <summary>The largest multiple of the lot whose initial margin at the leverage, with the fee, fits what is free.</summary>
    /// <param name="side">Of the opening order.</param>
    /// <param name="free">10⁻⁸ quote units.</param>
    /// <param name="price">10⁻⁸ quote units, before slippage.</param>
    /// <param name="leverage">Notional over initial margin; up to two decimals.</param>
    /// <param name="lot">10⁻⁸ base units.</param>
    /// <param name="slips">False for a limit order.</param>
    public WideInt Marginable(Side side, WideInt free, long price, decimal leverage, long lot, bool slips = true)
    {
        // quantity × price × (1/leverage + fee) ≤ free, all in whole numbers.
        if (tick != 0) (price, slips) = (Stepped(side, price, slips), false);
        if (free <= 0 || price <= 0) return 0;
        var share = Of(side, slips);
        var times = (System.Numerics.BigInteger)(leverage * 100);
        var needed = (100 * (System.Numerics.BigInteger)fee.Whole) + (times * fee.Part);
        return Down((WideInt)(free * times * share.Whole * fee.Whole * One / (price * needed * share.Part)), lot);
    }

    /// <summary>The fee, rounded down where rounding up would overdraw cash that the exact cost fits.</summary>
    public WideInt FeeWithin(WideInt cash, WideInt notional)
    {
        var full = Fee(notional);
        return notional + full == cash + 1 ? full - 1 : full;
    }

    private long Stepped(Side side, long price, bool slips)
    {
        var (share, exact) = (Of(side, slips), (WideInt)price * Of(side, slips).Part);
        var step = (WideInt)share.Whole * tick;
        return (long)((side == Side.Buy ? (exact + step - 1) / step : exact / step) * tick);
    }

    private Share Of(Side side, bool slips) => !slips ? Share.All : side == Side.Buy ? bought : sold;

    private static WideInt Down(WideInt quantity, long lot) => lot == 1 ? quantity : quantity - (quantity % lot);

    /// <summary>A factor of eight decimals in lowest terms, so that products stay short.</summary>
    private sealed record Share(long Part, long Whole, decimal Value)
    {
        public static Share All { get; } = Of(One);

        public static Share Of(long factor)
        {
            var common = (long)System.Numerics.BigInteger.GreatestCommonDivisor(factor, One);
            return new Share(factor / common, One / common, (decimal)factor / One);
        }
    }
}
