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
        holding.Origin = signal;
        holding.EntryTime = time;
        holding.EntryPrice = costs.FillPrice(side, scaled);
        holding.EntryNotional = notional;
        holding.EntryFee = fee;
        holding.ExpiresAt = signal.Horizon is { } horizon ? time + (horizon.Ticks / 10) : long.MaxValue;
        return true;
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
        var (entry, entryFee, funding) = (Scaled.Part(holding.EntryNotional, quantity, whole), Scaled.Part(holding.EntryFee, quantity, whole), Scaled.Part(holding.Carry, quantity, whole));
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
        holding.Carry -= funding;
        if (quantity < whole) return;
        holding.Origin = null;
        holding.ExpiresAt = long.MaxValue;
    }

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
