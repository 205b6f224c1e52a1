using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine.Charges;

namespace Mts.Engine.Execution;

/// <summary>How much of what is wanted may be ordered: by equity, cash or margin, lots and the venue's least notional. Quantities in 10⁻⁸ base units, money in 10⁻⁸ quote units.</summary>
internal sealed class Sizing(RunCharges charges)
{
    /// <summary>Quantity step at this time.</summary>
    public long Lot(Holding holding, long time) => charges.Lot(holding, time);

    /// <summary>The price that a market order of this worth would have.</summary>
    public decimal FillPrice(Holding holding, Side side, WideInt quantity, double price, long time) =>
        Terms(holding, quantity, price, time).Costs.FillPrice(side, Scaled.Price(price));

    /// <summary>Why an order of this quantity may not be placed at the venue; null where it may.</summary>
    public Unfilled? Forbidden(Holding holding, WideInt quantity, double price, long time)
    {
        var (least, worth) = (charges.MinNotional(holding, time), Scaled.Value(quantity, Scaled.Price(price)));
        return worth < least ? Unfilled.Below(least, worth) : null;
    }

    /// <summary>As much of a quantity as cash, or margin, pays for; all of it where only a sale needs neither.</summary>
    public WideInt Payable(Holding holding, Side side, WideInt quantity, Funds funds, double price, long time, bool slips)
    {
        var isOnMargin = IsOnMargin(holding);
        if (side == Side.Sell && !isOnMargin) return quantity;
        var (terms, scaled) = (Terms(holding, quantity, price, time, rests: !slips), Scaled.Price(price));
        return isOnMargin
            ? WideInt.Min(quantity, charges.Margin!.Quantity(holding, side, WideInt.MaxValue, terms, scaled, slips))
            : WideInt.Min(quantity, terms.Costs.Affordable(Unbound(holding, funds).Available, scaled, terms.Lot, slips));
    }

    /// <summary>What a fraction of equity is at the price.</summary>
    public WideInt Worth(Holding holding, Side side, Funds funds, double fraction, double price, long time, bool slips)
    {
        var value = Target(holding, fraction, funds);
        var terms = charges.For(holding, value, time, rests: !slips);
        return terms.Costs.Worth(side, value, Scaled.Price(price), terms.Lot, slips);
    }

    /// <summary>What the venue asks of an order at the price.</summary>
    public OrderTerms Terms(Holding holding, WideInt quantity, double price, long time, bool rests = false) =>
        charges.For(holding, charges.IsPlain ? 0 : Scaled.Value(quantity, Scaled.Price(price)), time, rests);

    public bool IsOnMargin(Holding holding) => charges.Margin?.Covers(holding) == true;

    /// <summary>What the holding's account may spend: the margin of perpetuals buys nothing else.</summary>
    public Funds Unbound(Holding holding, Funds funds) => charges.Margin is { } margin ? funds with { Available = margin.Free(holding.Account) } : funds;

    /// <summary>What the signal wants to hold.</summary>
    public WideInt Target(Holding holding, Signal signal, Funds funds) => Target(holding, signal.PositionSize, funds);

    /// <summary>What is bought or sold to hold a value, or so much more of it.</summary>
    public WideInt Wanted(Holding holding, Side side, WideInt value, WideInt available, long price, OrderTerms terms)
    {
        if (IsOnMargin(holding)) return charges.Margin!.Quantity(holding, side, value, terms, price);
        if (side == Side.Sell) return terms.Costs.Worth(side, value, price, terms.Lot);
        var affordable = terms.Costs.Affordable(available, price, terms.Lot);
        return available <= value ? affordable : WideInt.Min(affordable, terms.Costs.Worth(side, value, price, terms.Lot));
    }

    /// <summary>Cash that the exact cost fits is not overdrawn by rounding; margin is no cash.</summary>
    public WideInt OpeningFee(Holding holding, Side side, Funds funds, Costs costs, WideInt notional) =>
        side == Side.Buy && !IsOnMargin(holding) ? costs.FeeWithin(funds.Available, notional) : costs.Fee(notional);

    private WideInt Target(Holding holding, double fraction, Funds funds)
    {
        var value = Scaled.Fraction(funds.Equity, fraction);
        return IsOnMargin(holding) ? Scaled.Part(value, (WideInt)(charges.Margin!.Exposure * 10_000), 10_000) : value;
    }
}
