using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;

namespace Mts.Engine.Execution;

/// <summary>The simulated venue: turns targets into fills, keeps the ledger, and writes down the round trips.</summary>
internal sealed class Broker(Costs costs, IReadOnlyList<string> symbols)
{
    private readonly List<Trade> trades = [];
    private readonly List<Fill> fills = [];

    public IReadOnlyList<Trade> Trades => trades;

    /// <summary>Executed orders, in order.</summary>
    public IReadOnlyList<Fill> Fills => fills;

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
        var quantity = costs.Worth(side, Scaled.Fraction(funds.Equity, signal.PositionSize), scaled, holding.Lot);
        if (side == Side.Buy) quantity = Int128.Min(quantity, costs.Affordable(funds.Available, scaled, holding.Lot));
        if (most is { } offered) quantity = Int128.Min(quantity, Down(offered, holding.Lot));
        if (quantity <= 0) return false;
        var notional = costs.Notional(side, quantity, scaled);
        var fee = side == Side.Buy ? costs.FeeWithin(funds.Available, notional) : costs.Fee(notional);
        Execute(holding, Order(holding, side, quantity, time, signal.Reason), quantity, scaled, notional, fee, slips: true);
        holding.Origin = signal;
        holding.EntryTime = time;
        holding.EntryPrice = fills[^1].Price;
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
    public void Close(Holding holding, double price, long time, string reason, bool slips = true, Int128? most = null)
    {
        var (opened, scaled, whole) = ((Side)holding.Direction, Scaled.Price(price), Int128.Abs(holding.Quantity));
        var quantity = most is { } wanted ? Int128.Min(whole, Down(wanted, holding.Lot)) : whole;
        if (quantity == 0) return;
        var (entry, entryFee, funding) = (Scaled.Part(holding.EntryNotional, quantity, whole), Scaled.Part(holding.EntryFee, quantity, whole), Scaled.Part(holding.Funding, quantity, whole));
        var side = opened == Side.Buy ? Side.Sell : Side.Buy;
        var notional = costs.Notional(side, quantity, scaled, slips);
        var fee = costs.Fee(notional);
        Execute(holding, Order(holding, side, quantity, time, reason), quantity, scaled, notional, fee, slips);
        var gain = ((int)opened * (notional - entry)) - fee - entryFee + funding;
        trades.Add(new Trade(
            holding.Instrument, symbols[holding.Instrument], opened, Scaled.ToDecimal(quantity), new Timestamp(holding.EntryTime), holding.EntryPrice,
            new Timestamp(time), fills[^1].Price, Scaled.ToDecimal(gain), Scaled.ToDecimal(fee + entryFee), reason));
        holding.EntryNotional -= entry;
        holding.EntryFee -= entryFee;
        holding.Funding -= funding;
        if (quantity < whole) return;
        holding.Origin = null;
        holding.ExpiresAt = long.MaxValue;
    }

    private static Int128 Down(Int128 quantity, long lot) => quantity - (quantity % lot);

    private Order Order(Holding holding, Side side, Int128 quantity, long time, string reason) =>
        new(fills.Count + 1, holding.Instrument, side, Scaled.ToDecimal(quantity), new Timestamp(time), reason);

    // The ledger keeps its own integers; the order states them as decimals.
    private void Execute(Holding holding, Order order, Int128 quantity, long price, Int128 notional, Int128 fee, bool slips)
    {
        var slippage = Int128.Abs(notional - Scaled.Value(quantity, price));
        fills.Add(new Fill(order, costs.FillPrice(order.Side, price, slips), Scaled.ToDecimal(fee), Scaled.ToDecimal(slippage), order.Time));
        holding.Account.Settle(order.Side, notional, fee);
        holding.Quantity += (int)order.Side * quantity;
        holding.QuantityValue = Scaled.ToDouble(holding.Quantity);
        Fees += fee;
        Traded += notional;
        SlippageCost += slippage;
    }
}

/// <param name="Equity">Cash and positions, 10⁻⁸ quote units.</param>
/// <param name="Available">Cash less what buying the shorts back would cost: their proceeds buy nothing else.</param>
internal readonly record struct Funds(Int128 Equity, Int128 Available);
