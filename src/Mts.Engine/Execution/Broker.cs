using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;

namespace Mts.Engine.Execution;

/// <summary>The simulated venue: turns targets into fills, keeps the ledger, and writes down the round trips.</summary>
internal sealed class Broker(Costs costs, IReadOnlyList<string> symbols)
{
    private readonly List<Trade> trades = [];
    private readonly List<Execution> executions = [];
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

    public Int128 Fees { get; private set; }

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
    /// <returns>False where the fraction does not buy a single lot.</returns>
    public bool Open(Holding holding, Signal signal, Funds funds, double price, long time, Int128? most = null)
    {
        var (side, scaled) = ((Side)signal.Direction, Scaled.Price(price));
        var quantity = Wanted(side, Scaled.Fraction(funds.Equity, signal.PositionSize), funds.Available, scaled, holding.Lot);
        if (most is { } offered) quantity = Int128.Min(quantity, Down(offered, holding.Lot));
        if (quantity <= 0) return false;
        var notional = costs.Notional(side, quantity, scaled);
        var fee = side == Side.Buy ? costs.FeeWithin(funds.Available, notional) : costs.Fee(notional);
        Execute(holding, new Execution(holding.Instrument, side, quantity, scaled, notional, fee, time, signal.Why, Slips: true));
        holding.Adopt(signal, time);
        holding.EntryTime = time;
        holding.EntryPrice = costs.FillPrice(side, scaled);
        holding.EntryNotional = notional;
        holding.EntryFee = fee;
        return true;
    }

    /// <summary>Gives up what a position has above the signal's size; all of it where that is less than a lot.</summary>
    /// <remarks>Between the sizes at the buying and at the selling price nothing is traded: costs alone would move a position that is where it should be.</remarks>
    /// <returns>False where there was more to give up than was wanted at the price.</returns>
    public bool Reduce(Holding holding, Signal signal, Funds funds, double price, long time, Int128? most = null)
    {
        var surplus = Int128.Abs(holding.Quantity) - costs.Worth(Side.Sell, Scaled.Fraction(funds.Equity, signal.PositionSize), Scaled.Price(price), holding.Lot);
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
        var lacking = costs.Worth(Side.Buy, Scaled.Fraction(funds.Equity, signal.PositionSize), scaled, holding.Lot) - held;
        if (side == Side.Buy) lacking = Int128.Min(lacking, costs.Affordable(funds.Available, scaled, holding.Lot));
        var quantity = most is { } offered ? Int128.Min(lacking, Down(offered, holding.Lot)) : lacking;
        if (quantity <= 0) return Int128.Max(lacking, 0);
        Add(holding, side, quantity, funds, price, time, signal.Why, slips: true, () => signal);
        return lacking;
    }

    /// <summary>The price of a fill.</summary>
    public decimal FillPrice(Side side, double price, bool slips = true) => costs.FillPrice(side, Scaled.Price(price), slips);

    /// <summary>What the cash buys at the price, 10⁻⁸ base units.</summary>
    public Int128 Affordable(Funds funds, double price, long lot, bool slips) => costs.Affordable(funds.Available, Scaled.Price(price), lot, slips);

    /// <summary>What a fraction of equity is at the price, 10⁻⁸ base units.</summary>
    public Int128 Worth(Side side, Funds funds, double fraction, double price, long lot, bool slips) => costs.Worth(side, Scaled.Fraction(funds.Equity, fraction), Scaled.Price(price), lot, slips);

    /// <summary>Opens a position by an order, or adds to one of its side.</summary>
    /// <param name="holding">Not of the other side.</param>
    /// <param name="side">Of the order.</param>
    /// <param name="quantity">That the funds pay for.</param>
    /// <param name="funds">What the account has.</param>
    /// <param name="price">Before slippage.</param>
    /// <param name="time">When.</param>
    /// <param name="why">The order's words.</param>
    /// <param name="slips">False for a resting limit order.</param>
    /// <param name="origin">The view that a new position stands for.</param>
    public void Add(Holding holding, Side side, Int128 quantity, Funds funds, double price, long time, Wording why, bool slips, Func<Signal> origin)
    {
        var (scaled, held) = (Scaled.Price(price), Int128.Abs(holding.Quantity));
        var notional = costs.Notional(side, quantity, scaled, slips);
        var fee = side == Side.Buy ? costs.FeeWithin(funds.Available, notional) : costs.Fee(notional);
        holding.EntryPrice = held == 0 ? costs.FillPrice(side, scaled, slips) : Mean(holding.EntryPrice, held, costs.FillPrice(side, scaled, slips), quantity);
        Execute(holding, new Execution(holding.Instrument, side, quantity, scaled, notional, fee, time, why, slips));
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
    public void Close(Holding holding, double price, long time, Wording reason, bool slips = true, Int128? most = null)
    {
        var (opened, scaled, whole) = ((Side)holding.Direction, Scaled.Price(price), Int128.Abs(holding.Quantity));
        var quantity = most is { } wanted ? Int128.Min(whole, Down(wanted, holding.Lot)) : whole;
        if (quantity == 0) return;
        var (entry, entryFee, funding) = (Scaled.Part(holding.EntryNotional, quantity, whole), Scaled.Part(holding.EntryFee, quantity, whole), Scaled.Part(holding.Funding, quantity, whole));
        var side = opened == Side.Buy ? Side.Sell : Side.Buy;
        var notional = costs.Notional(side, quantity, scaled, slips);
        var fee = costs.Fee(notional);
        Execute(holding, new Execution(holding.Instrument, side, quantity, scaled, notional, fee, time, reason, slips));
        var gain = ((int)opened * (notional - entry)) - fee - entryFee + funding;
        trades.Add(new Trade(
            holding.Instrument, symbols[holding.Instrument], opened, Scaled.ToDecimal(quantity), new Timestamp(holding.EntryTime), holding.EntryPrice,
            new Timestamp(time), costs.FillPrice(side, scaled, slips), Scaled.ToDecimal(gain), Scaled.ToDecimal(fee + entryFee), reason));
        holding.EntryNotional -= entry;
        holding.EntryFee -= entryFee;
        holding.Funding -= funding;
        if (quantity < whole) return;
        holding.Origin = null;
        holding.ExpiresAt = long.MaxValue;
    }

    // Twelve decimals are finer than any tick.
    private static decimal Mean(decimal price, Int128 quantity, decimal added, Int128 more) =>
        decimal.Round(((price * Scaled.ToDecimal(quantity)) + (added * Scaled.ToDecimal(more))) / Scaled.ToDecimal(quantity + more), 12);

    private static Int128 Down(Int128 quantity, long lot) => quantity - (quantity % lot);

    private Int128 Wanted(Side side, Int128 value, Int128 available, long price, long lot)
    {
        if (side == Side.Sell) return costs.Worth(side, value, price, lot);
        var affordable = costs.Affordable(available, price, lot);
        return available <= value ? affordable : Int128.Min(affordable, costs.Worth(side, value, price, lot));
    }

    private void Execute(Holding holding, in Execution execution)
    {
        executions.Add(execution);
        holding.Account.Settle(execution.Side, execution.Notional, execution.Fee);
        holding.Quantity += (int)execution.Side * execution.Quantity;
        holding.QuantityValue = Scaled.ToDouble(holding.Quantity);
        Fees += execution.Fee;
        Traded += execution.Notional;
        if (execution.Slips) SlippageCost += Slippage(execution);
    }

    private static Int128 Slippage(in Execution e) => Int128.Abs(e.Notional - Scaled.Value(e.Quantity, e.Price));

    private Fill ToFill(in Execution e, int id)
    {
        var order = new Order(id, e.Instrument, e.Side, Scaled.ToDecimal(e.Quantity), new Timestamp(e.Time), e.Why);
        return new Fill(order, costs.FillPrice(e.Side, e.Price, e.Slips), Scaled.ToDecimal(e.Fee), Scaled.ToDecimal(Slippage(e)), order.Time);
    }

    /// <summary>A fill as the ledger keeps it, in integers of 10⁻⁸; the price is that before slippage.</summary>
    private readonly record struct Execution(int Instrument, Side Side, Int128 Quantity, long Price, Int128 Notional, Int128 Fee, long Time, Wording Why, bool Slips);
}

/// <param name="Equity">Cash and positions, 10⁻⁸ quote units.</param>
/// <param name="Available">Cash less what buying the shorts back would cost: their proceeds buy nothing else.</param>
internal readonly record struct Funds(Int128 Equity, Int128 Available);
