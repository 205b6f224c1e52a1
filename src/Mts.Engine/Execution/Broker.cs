using System.Runtime.CompilerServices;
using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine.Charges;

namespace Mts.Engine.Execution;

/// <summary>The simulated venue: turns targets into fills, keeps the ledger, and writes down the round trips.</summary>
internal sealed class Broker(RunCharges charges, IReadOnlyList<string> symbols)
{
    private readonly List<Trade> trades = [];
    private readonly Chunks<Execution> executions = new();
    private readonly List<Fill> fills = [];

    public IReadOnlyList<Trade> Trades => trades;

    /// <summary>Executed orders, in order; stated in decimals when somebody asks for them.</summary>
    public IReadOnlyList<Fill> Fills
    {
        get
        {
            while (fills.Count < executions.Count) fills.Add(ToFill(executions[fills.Count], fills.Count + 1));
            return fills;
        }
    }

    /// <summary>Of all orders, and for liquidations.</summary>
    public Int128 Fees { get; private set; }

    /// <summary>Of orders that rested.</summary>
    public Int128 MakerFees { get; private set; }

    public Int128 LiquidationFees { get; private set; }

    public int Liquidations { get; private set; }

    public Int128 SlippageCost { get; private set; }

    /// <summary>Notional of all fills.</summary>
    public Int128 Traded { get; private set; }

    /// <summary>Opens a position of a fraction of the account's equity.</summary>
    /// <param name="holding">Flat.</param>
    /// <param name="signal">The target.</param>
    /// <param name="funds">What the account has at the fill prices.</param>
    /// <param name="price">Before slippage.</param>
    /// <param name="time">When.</param>
    /// <param name="most">What is offered at the price, 10⁻⁸ base units; null for all that one could want.</param>
    /// <returns>Null when done; otherwise why nothing was ordered.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Unfilled? Open(Holding holding, Signal signal, Funds funds, double price, long time, Int128? most = null)
    {
        var (side, scaled) = ((Side)signal.Direction, Scaled.Price(price));
        funds = Unbound(holding, funds);
        var value = Target(holding, signal, funds);
        var terms = charges.For(holding, value, time);
        var costs = terms.Costs;
        var quantity = Wanted(holding, side, value, funds.Available, scaled, terms);
        if (most is { } offered) quantity = Int128.Min(quantity, terms.Down(offered));
        if (quantity <= 0) return Unfilled.NoLot;
        var notional = costs.Notional(side, quantity, scaled);
        if (notional < terms.MinNotional) return Unfilled.Below(terms.MinNotional, notional);
        Execute(holding, new Execution(holding.Instrument, side, quantity, scaled, notional, OpeningFee(holding, side, funds, costs, notional), time, signal.Why, costs, Slips: true));
        holding.Adopt(signal, time);
        holding.EntryTime = time;
        holding.EntryPrice = costs.FillPrice(side, scaled);
        holding.EntryNotional = notional;
        holding.EntryFee = executions.Last.Fee;
        return null;
    }

    /// <summary>Gives up what a position has above the signal's size; all of it where that is less than a lot.</summary>
    /// <remarks>Between the sizes at the buying and at the selling price nothing is traded: costs alone would move a position that is where it should be.</remarks>
    /// <returns>False where there was more to give up than was wanted at the price.</returns>
    public bool Reduce(Holding holding, Signal signal, Funds funds, double price, long time, Int128? most = null)
    {
        var value = Target(holding, signal, funds);
        var terms = charges.For(holding, charges.IsPlain ? 0 : Int128.Abs(Scaled.Value(holding.Quantity, Scaled.Price(price))) - value, time);
        var surplus = Int128.Abs(holding.Quantity) - terms.Costs.Worth(Side.Sell, value, Scaled.Price(price), terms.Lot);
        if (surplus <= 0) return true;
        var before = Int128.Abs(holding.Quantity);
        Close(holding, price, time, signal.Why, most: most is { } wanted ? Int128.Min(surplus, wanted) : surplus);
        return before - Int128.Abs(holding.Quantity) == surplus;
    }

    /// <summary>Adds what a position lacks of the signal's size, as far as the cash reaches.</summary>
    /// <returns>What was still lacking, 10⁻⁸ base units, before it was bought or sold.</returns>
    public Int128 Increase(Holding holding, Signal signal, Funds funds, double price, long time, Int128? most = null)
    {
        var (side, scaled, held) = ((Side)holding.Direction, Scaled.Price(price), Int128.Abs(holding.Quantity));
        funds = Unbound(holding, funds);
        var value = Target(holding, signal, funds);
        var terms = charges.For(holding, charges.IsPlain ? 0 : value - Scaled.Value(held, scaled), time);
        var costs = terms.Costs;
        var lacking = costs.Worth(Side.Buy, value, scaled, terms.Lot) - held;
        if (IsOnMargin(holding)) lacking = Int128.Min(lacking, charges.Margin!.Quantity(holding, side, value, terms, scaled));
        else if (side == Side.Buy) lacking = Int128.Min(lacking, costs.Affordable(funds.Available, scaled, terms.Lot));
        var quantity = most is { } offered ? Int128.Min(lacking, terms.Down(offered)) : lacking;
        if (quantity <= 0) return Int128.Max(lacking, 0);
        if (Scaled.Value(quantity, scaled) < terms.MinNotional)
        {
            charges.Assumptions.Note(holding.Instrument, "an increase below the least notional was not ordered", time);
            return 0;
        }

        Add(holding, side, quantity, funds, price, time, signal.Why, () => signal, terms: terms);
        return lacking;
    }

    /// <summary>The price of the last fill, slippage included.</summary>
    public decimal LastPrice => executions.Last.FillPrice;

    /// <summary>Quantity step at this time, 10⁻⁸ base units.</summary>
    public long Lot(Holding holding, long time) => charges.Lot(holding, time);

    /// <summary>The price that a market order of this worth would have.</summary>
    public decimal FillPrice(Holding holding, Side side, Int128 quantity, double price, long time) =>
        Terms(holding, quantity, price, time).Costs.FillPrice(side, Scaled.Price(price));

    /// <summary>Why an order of this quantity may not be placed at the venue; null where it may.</summary>
    public Unfilled? Forbidden(Holding holding, Int128 quantity, double price, long time)
    {
        var (least, worth) = (charges.MinNotional(holding, time), Scaled.Value(quantity, Scaled.Price(price)));
        return worth < least ? Unfilled.Below(least, worth) : null;
    }

    /// <summary>As much of a quantity as cash, or margin, pays for; all of it where only a sale needs neither.</summary>
    public Int128 Payable(Holding holding, Side side, Int128 quantity, Funds funds, double price, long time, bool slips)
    {
        var isOnMargin = IsOnMargin(holding);
        if (side == Side.Sell && !isOnMargin) return quantity;
        var (terms, scaled) = (Terms(holding, quantity, price, time, rests: !slips), Scaled.Price(price));
        return isOnMargin
            ? Int128.Min(quantity, charges.Margin!.Quantity(holding, side, Int128.MaxValue, terms, scaled, slips))
            : Int128.Min(quantity, terms.Costs.Affordable(Unbound(holding, funds).Available, scaled, terms.Lot, slips));
    }

    /// <summary>What a fraction of equity is at the price, 10⁻⁸ base units.</summary>
    public Int128 Worth(Holding holding, Side side, Funds funds, double fraction, double price, long time, bool slips)
    {
        var value = Target(holding, fraction, funds);
        var terms = charges.For(holding, value, time, rests: !slips);
        return terms.Costs.Worth(side, value, Scaled.Price(price), terms.Lot, slips);
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
        Holding holding, Side side, Int128 quantity, Funds funds, double price, long time, Wording why, Func<Signal> origin, bool slips = true, bool rests = false, OrderTerms? terms = null)
    {
        var (scaled, held) = (Scaled.Price(price), Int128.Abs(holding.Quantity));
        var costs = (terms ?? Terms(holding, quantity, price, time, rests)).Costs;
        var notional = costs.Notional(side, quantity, scaled, slips);
        var fee = OpeningFee(holding, side, Unbound(holding, funds), costs, notional);
        if (rests) MakerFees += fee;
        holding.EntryPrice = held == 0 ? costs.FillPrice(side, scaled, slips) : Mean(holding.EntryPrice, held, costs.FillPrice(side, scaled, slips), quantity);
        Execute(holding, new Execution(holding.Instrument, side, quantity, scaled, notional, fee, time, why, costs, slips));
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Close(Holding holding, double price, long time, Wording reason, bool slips = true, Int128? most = null, bool isTaker = false)
    {
        var (opened, scaled, whole) = ((Side)holding.Direction, Scaled.Price(price), Int128.Abs(holding.Quantity));
        var terms = charges.For(holding, charges.IsPlain ? 0 : Scaled.Value(Int128.Min(whole, most ?? whole), scaled), time, rests: !slips && !isTaker);
        var costs = terms.Costs;
        var quantity = most is { } wanted ? Int128.Min(whole, terms.Down(wanted)) : whole;
        if (quantity == 0) return;
        var side = opened == Side.Buy ? Side.Sell : Side.Buy;
        var notional = costs.Notional(side, quantity, scaled, slips);
        Leave(holding, new Execution(holding.Instrument, side, quantity, scaled, notional, costs.Fee(notional), time, reason, costs, slips), isMaker: !slips && !isTaker);
    }

    /// <summary>Takes a position away at the market, or a part of it, at the most for what stands behind it.</summary>
    /// <param name="holding">A position on margin.</param>
    /// <param name="quantity">Of it, 10⁻⁸ base units.</param>
    /// <param name="price">Before slippage.</param>
    /// <param name="time">When.</param>
    /// <param name="atStake">All that may be lost, 10⁻⁸ quote units.</param>
    /// <param name="feeBps">The liquidation fee.</param>
    /// <returns>What is left of what was at stake, and whether it did not suffice.</returns>
    public (Int128 Left, bool IsBankrupt) Liquidate(Holding holding, Int128 quantity, double price, long time, Int128 atStake, decimal feeBps)
    {
        var (opened, scaled) = ((Side)holding.Direction, Scaled.Price(price));
        var costs = charges.For(holding, Scaled.Value(quantity, scaled), time).Costs;
        var entry = Scaled.Part(holding.EntryNotional, quantity, Int128.Abs(holding.Quantity));
        var bill = LiquidationBill.Of(opened, quantity, entry, atStake, costs, scaled, feeBps);
        LiquidationFees += bill.LiquidationFee;
        Liquidations++;
        var side = opened == Side.Buy ? Side.Sell : Side.Buy;
        Leave(holding, new Execution(holding.Instrument, side, quantity, bill.Price, bill.Notional, bill.Fee + bill.LiquidationFee, time, "liquidation", bill.Costs, Slips: true), isMaker: false);
        return (atStake + ((int)opened * (bill.Notional - entry)) - bill.Fee - bill.LiquidationFee, bill.IsBankrupt);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Leave(Holding holding, in Execution e, bool isMaker)
    {
        var (opened, whole) = ((Side)holding.Direction, Int128.Abs(holding.Quantity));
        var (entry, entryFee, funding) = (Scaled.Part(holding.EntryNotional, e.Quantity, whole), Scaled.Part(holding.EntryFee, e.Quantity, whole), Scaled.Part(holding.Carry, e.Quantity, whole));
        if (isMaker) MakerFees += e.Fee;
        Execute(holding, e);
        var gain = ((int)opened * (e.Notional - entry)) - e.Fee - entryFee + funding;
        trades.Add(new Trade(
            holding.Instrument, symbols[holding.Instrument], opened, Scaled.ToDecimal(e.Quantity), new Timestamp(holding.EntryTime), holding.EntryPrice,
            new Timestamp(e.Time), e.FillPrice, Scaled.ToDecimal(gain), Scaled.ToDecimal(e.Fee + entryFee), e.Why) { EntryWhy = holding.Origin!.Why });
        holding.EntryNotional -= entry;
        holding.EntryFee -= entryFee;
        holding.Carry -= funding;
        if (e.Quantity < whole) return;
        (holding.Origin, holding.Leaving) = (null, null);
        holding.ExpiresAt = long.MaxValue;
    }

    // Twelve decimals are finer than any tick.
    private static decimal Mean(decimal price, Int128 quantity, decimal added, Int128 more) =>
        decimal.Round(((price * Scaled.ToDecimal(quantity)) + (added * Scaled.ToDecimal(more))) / Scaled.ToDecimal(quantity + more), 12);

    private OrderTerms Terms(Holding holding, Int128 quantity, double price, long time, bool rests = false) =>
        charges.For(holding, charges.IsPlain ? 0 : Scaled.Value(quantity, Scaled.Price(price)), time, rests);

    private bool IsOnMargin(Holding holding) => charges.Margin?.Covers(holding) == true;

    // The margin of perpetuals buys nothing else.
    private Funds Unbound(Holding holding, Funds funds) => charges.Margin is { } margin ? funds with { Available = margin.Free(holding.Account) } : funds;

    // What the signal wants to hold, 10⁻⁸ quote units.
    private Int128 Target(Holding holding, Signal signal, Funds funds) => Target(holding, signal.PositionSize, funds);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Int128 Target(Holding holding, double fraction, Funds funds)
    {
        var value = Scaled.Fraction(funds.Equity, fraction);
        return IsOnMargin(holding) ? Scaled.Part(value, (Int128)(charges.Margin!.Exposure * 10_000), 10_000) : value;
    }

    // Cash that the exact cost fits is not overdrawn by rounding; margin is no cash.
    private Int128 OpeningFee(Holding holding, Side side, Funds funds, Costs costs, Int128 notional) =>
        side == Side.Buy && !IsOnMargin(holding) ? costs.FeeWithin(funds.Available, notional) : costs.Fee(notional);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Int128 Wanted(Holding holding, Side side, Int128 value, Int128 available, long price, OrderTerms terms)
    {
        if (IsOnMargin(holding)) return charges.Margin!.Quantity(holding, side, value, terms, price);
        if (side == Side.Sell) return terms.Costs.Worth(side, value, price, terms.Lot);
        var affordable = terms.Costs.Affordable(available, price, terms.Lot);
        return available <= value ? affordable : Int128.Min(affordable, terms.Costs.Worth(side, value, price, terms.Lot));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Execute(Holding holding, in Execution execution)
    {
        var before = holding.Quantity;
        executions.Add(execution);
        holding.Account.Settle(execution.Side, execution.Notional, execution.Fee);
        holding.Quantity += (int)execution.Side * execution.Quantity;
        holding.QuantityValue = Scaled.ToDouble(holding.Quantity);
        Fees += execution.Fee;
        Traded += execution.Notional;
        if (execution.Slips) SlippageCost += Slippage(execution);
        charges.Filled(holding, before, execution.Notional, execution.Price, execution.Time);
    }

    private static Int128 Slippage(in Execution e) => Int128.Abs(e.Notional - Scaled.Value(e.Quantity, e.Price));

    private static Fill ToFill(in Execution e, int id)
    {
        var order = new Order(id, e.Instrument, e.Side, Scaled.ToDecimal(e.Quantity), new Timestamp(e.Time), e.Why);
        return new Fill(order, e.FillPrice, Scaled.ToDecimal(e.Fee), Scaled.ToDecimal(Slippage(e)), order.Time);
    }

    /// <summary>A fill as the ledger keeps it, in integers of 10⁻⁸; the price is that before slippage.</summary>
    private readonly record struct Execution(int Instrument, Side Side, Int128 Quantity, long Price, Int128 Notional, Int128 Fee, long Time, Wording Why, Costs Costs, bool Slips)
    {
        public decimal FillPrice => Costs.FillPrice(Side, Price, Slips);
    }
}

/// <summary>Why an order was not placed.</summary>
/// <param name="Rule">Its short name.</param>
/// <param name="Reason">The figures.</param>
internal sealed record Unfilled(string Rule, string Reason)
{
    public static readonly Unfilled NoLot = new("lot", "its size does not buy one lot");

    public static Unfilled Below(Int128 least, Int128 notional) =>
        new("min_notional", FormattableString.Invariant($"its notional {Scaled.ToDecimal(notional)} is below the venue's least {Scaled.ToDecimal(least)}"));
}

/// <param name="Equity">Cash and positions, 10⁻⁸ quote units.</param>
/// <param name="Available">Cash less what buying the shorts back would cost: their proceeds buy nothing else.</param>
internal readonly record struct Funds(Int128 Equity, Int128 Available);
