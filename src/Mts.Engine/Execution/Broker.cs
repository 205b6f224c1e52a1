using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine.Charges;

namespace Mts.Engine.Execution;

/// <summary>The simulated venue: turns targets and orders into fills, and those into what the ledger keeps.</summary>
internal sealed class Broker(RunCharges charges, IReadOnlyList<string> symbols)
{
    public Ledger Ledger { get; } = new(charges, symbols);

    public Sizing Sizing { get; } = new(charges);

    /// <summary>Opens a position of a fraction of the account's equity.</summary>
    /// <param name="holding">Flat.</param>
    /// <param name="signal">The target.</param>
    /// <param name="funds">What the account has at the fill prices.</param>
    /// <param name="price">Before slippage.</param>
    /// <param name="time">When.</param>
    /// <param name="most">What is offered at the price, 10⁻⁸ base units; null for all that one could want.</param>
    /// <returns>Null when done; otherwise why nothing was ordered.</returns>
    public Unfilled? Open(Holding holding, Signal signal, Funds funds, double price, long time, WideInt? most = null)
    {
        var (side, scaled) = ((Side)signal.Direction, Scaled.Price(price));
        funds = Sizing.Unbound(holding, funds);
        var value = Sizing.Target(holding, signal, funds);
        var terms = charges.For(holding, value, time);
        var costs = terms.Costs;
        var quantity = Sizing.Wanted(holding, side, value, funds.Available, scaled, terms);
        if (most is { } offered) quantity = WideInt.Min(quantity, terms.Down(offered));
        if (quantity <= 0) return Unfilled.NoLot;
        var notional = costs.Notional(side, quantity, scaled);
        if (notional < terms.MinNotional) return Unfilled.Below(terms.MinNotional, notional);
        Ledger.Enter(holding, new LedgerEntry(holding.Instrument, side, quantity, scaled, notional, Sizing.OpeningFee(holding, side, funds, costs, notional), time, signal.Why, costs, Slips: true));
        holding.Adopt(signal, time);
        holding.EntryTime = time;
        holding.EntryPrice = costs.FillPrice(side, scaled);
        holding.EntryNotional = notional;
        holding.EntryFee = Ledger.Last.Fee;
        return null;
    }

    /// <summary>Gives up what a position has above the signal's size, so that what is kept is worth it at the price; all of it where that is less than a lot.</summary>
    /// <returns>False where there was more to give up than was wanted at the price.</returns>
    public bool Reduce(Holding holding, Signal signal, Funds funds, double price, long time, WideInt? most = null)
    {
        var value = Sizing.Target(holding, signal, funds);
        var (side, scaled, before) = ((Side)holding.Direction, Scaled.Price(price), WideInt.Abs(holding.Quantity));
        var terms = charges.For(holding, charges.IsPlain ? 0 : Scaled.Value(before, scaled) - value, time);
        var surplus = before - terms.Costs.Worth(side, value, scaled, terms.Lot, slips: false);
        if (surplus < before) surplus = terms.Down(surplus);
        if (surplus <= 0) return true;
        Close(holding, price, time, signal.Why, most: most is { } wanted ? WideInt.Min(surplus, wanted) : surplus);
        return before - WideInt.Abs(holding.Quantity) == surplus;
    }

    /// <summary>Adds what a position lacks of the signal's size, as far as the cash reaches: what is held counts at the price, what is added at its fill price, as at an opening.</summary>
    /// <returns>What was still lacking, 10⁻⁸ base units, before it was bought or sold.</returns>
    public WideInt Increase(Holding holding, Signal signal, Funds funds, double price, long time, WideInt? most = null)
    {
        var (side, scaled) = ((Side)holding.Direction, Scaled.Price(price));
        funds = Sizing.Unbound(holding, funds);
        var value = Sizing.Target(holding, signal, funds) - Scaled.Value(WideInt.Abs(holding.Quantity), scaled);
        if (value <= 0) return 0;
        var terms = charges.For(holding, charges.IsPlain ? 0 : value, time);
        var lacking = Sizing.Wanted(holding, side, value, funds.Available, scaled, terms);
        var quantity = most is { } offered ? WideInt.Min(lacking, terms.Down(offered)) : lacking;
        if (quantity <= 0) return lacking;
        if (Scaled.Value(quantity, scaled) < terms.MinNotional)
        {
            charges.Assumptions.Note(holding.Instrument, "an increase below the least notional was not ordered", time);
            return 0;
        }

        Add(holding, side, quantity, funds, price, time, signal.Why, () => signal, terms: terms);
        return lacking;
    }

    /// <summary>Opens a position by an order, or adds to one of its side.</summary>
    /// <param name="holding">Not of the other side.</param>
    /// <param name="side">Of the order.</param>
    /// <param name="quantity">That the funds pay for.</param>
    /// <param name="funds">What the account has.</param>
    /// <param name="price">Before slippage.</param>
    /// <param name="time">When.</param>
    /// <param name="why">The order's words.</param>
    /// <param name="origin">The view that a new position stands for.</param>
    /// <param name="slips">False for a limit order.</param>
    /// <param name="rests">True for one that waited in the book.</param>
    /// <param name="terms">Where they are known already.</param>
    public void Add(
        Holding holding, Side side, WideInt quantity, Funds funds, double price, long time, Wording why, Func<Signal> origin, bool slips = true, bool rests = false, OrderTerms? terms = null)
    {
        var (scaled, held) = (Scaled.Price(price), WideInt.Abs(holding.Quantity));
        var costs = (terms ?? Sizing.Terms(holding, quantity, price, time, rests)).Costs;
        var notional = costs.Notional(side, quantity, scaled, slips);
        var fee = Sizing.OpeningFee(holding, side, Sizing.Unbound(holding, funds), costs, notional);
        holding.EntryPrice = held == 0 ? costs.FillPrice(side, scaled, slips) : Mean(holding.EntryPrice, held, costs.FillPrice(side, scaled, slips), quantity);
        Ledger.Enter(holding, new LedgerEntry(holding.Instrument, side, quantity, scaled, notional, fee, time, why, costs, slips), isMaker: rests);
        holding.EntryNotional += notional;
        holding.EntryFee += fee;
        if (held > 0) return;
        holding.EntryTime = time;
        holding.Adopt(origin(), time);
    }

    /// <param name="holding">A position.</param>
    /// <param name="price">Before slippage.</param>
    /// <param name="time">When.</param>
    /// <param name="reason">Why.</param>
    /// <param name="slips">False for a limit order.</param>
    /// <param name="most">What is wanted at the price, 10⁻⁸ base units; the rest stays open. Null for all.</param>
    /// <param name="isTaker">Whether a limit order took what was there at once.</param>
    public void Close(Holding holding, double price, long time, Wording reason, bool slips = true, WideInt? most = null, bool isTaker = false)
    {
        var (opened, scaled, whole) = ((Side)holding.Direction, Scaled.Price(price), WideInt.Abs(holding.Quantity));
        var terms = charges.For(holding, charges.IsPlain ? 0 : Scaled.Value(WideInt.Min(whole, most ?? whole), scaled), time, rests: !slips && !isTaker);
        var costs = terms.Costs;
        var quantity = most is { } wanted && wanted < whole ? terms.Down(wanted) : whole;
        if (quantity == 0) return;
        var side = opened == Side.Buy ? Side.Sell : Side.Buy;
        var notional = costs.Notional(side, quantity, scaled, slips);
        Ledger.Leave(holding, new LedgerEntry(holding.Instrument, side, quantity, scaled, notional, costs.Fee(notional), time, reason, costs, slips), isMaker: !slips && !isTaker);
    }

    /// <summary>Takes a position away at the market, or a part of it, at the most for what stands behind it.</summary>
    /// <param name="holding">A position on margin.</param>
    /// <param name="quantity">Of it, 10⁻⁸ base units.</param>
    /// <param name="price">Before slippage.</param>
    /// <param name="time">When.</param>
    /// <param name="atStake">All that may be lost, 10⁻⁸ quote units.</param>
    /// <param name="feeBps">The liquidation fee.</param>
    /// <returns>What is left of what was at stake, and whether it did not suffice.</returns>
    public (WideInt Left, bool IsBankrupt) Liquidate(Holding holding, WideInt quantity, double price, long time, WideInt atStake, decimal feeBps)
    {
        var (opened, scaled) = ((Side)holding.Direction, Scaled.Price(price));
        var costs = charges.For(holding, Scaled.Value(quantity, scaled), time).Costs;
        var entry = Scaled.Part(holding.EntryNotional, quantity, WideInt.Abs(holding.Quantity));
        var bill = LiquidationBill.Of(opened, quantity, entry, atStake, costs, scaled, feeBps);
        Ledger.Liquidated(bill.LiquidationFee);
        var side = opened == Side.Buy ? Side.Sell : Side.Buy;
        Ledger.Leave(holding, new LedgerEntry(holding.Instrument, side, quantity, bill.Price, bill.Notional, bill.Fee + bill.LiquidationFee, time, "liquidation", bill.Costs, Slips: true), isMaker: false);
        return (atStake + ((int)opened * (bill.Notional - entry)) - bill.Fee - bill.LiquidationFee, bill.IsBankrupt);
    }

    // Twelve decimals are finer than any tick.
    private static decimal Mean(decimal price, WideInt quantity, decimal added, WideInt more) =>
        decimal.Round(((price * Scaled.ToDecimal(quantity)) + (added * Scaled.ToDecimal(more))) / Scaled.ToDecimal(quantity + more), 12);
}
