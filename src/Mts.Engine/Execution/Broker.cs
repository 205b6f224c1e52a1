using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;

namespace Mts.Engine.Execution;

/// <summary>The simulated venue: turns targets into fills, keeps the ledger, and writes down the round trips.</summary>
internal sealed class Broker(Costs costs, IReadOnlyList<string> symbols)
{
    private readonly List<Trade> trades = [];

    public IReadOnlyList<Trade> Trades => trades;

    public Int128 Fees { get; private set; }

    public Int128 SlippageCost { get; private set; }

    /// <summary>Notional of all fills.</summary>
    public Int128 Traded { get; private set; }

    /// <summary>Opens a position of a fraction of the account's equity.</summary>
    /// <returns>False where the fraction does not buy a single lot.</returns>
    public bool Open(Holding holding, Signal signal, Int128 equity, double price, long time)
    {
        var (side, scaled) = ((Side)signal.Direction, Scaled.Price(price));
        var value = Scaled.Divide(equity * Scaled.Amount((decimal)signal.PositionSize), Scaled.One);
        var quantity = costs.Target(side, value, scaled, holding.Lot);
        if (side == Side.Buy) quantity = Int128.Min(quantity, costs.Affordable(holding.Account.Cash, scaled, holding.Lot));
        if (quantity <= 0) return false;
        var (notional, fee) = Fill(holding, side, quantity, scaled, slips: true);
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
    public void Close(Holding holding, double price, long time, string reason, bool slips = true)
    {
        var (opened, scaled, quantity) = ((Side)holding.Direction, Scaled.Price(price), Int128.Abs(holding.Quantity));
        var side = opened == Side.Buy ? Side.Sell : Side.Buy;
        var (notional, fee) = Fill(holding, side, quantity, scaled, slips);
        var gain = ((int)opened * (notional - holding.EntryNotional)) - fee - holding.EntryFee;
        trades.Add(new Trade(
            holding.Instrument, symbols[holding.Instrument], opened, Scaled.ToDecimal(quantity), new Timestamp(holding.EntryTime), holding.EntryPrice,
            new Timestamp(time), costs.FillPrice(side, scaled, slips), Scaled.ToDecimal(gain), Scaled.ToDecimal(fee + holding.EntryFee), reason));
        holding.Origin = null;
        holding.ExpiresAt = long.MaxValue;
    }

    private (Int128 Notional, Int128 Fee) Fill(Holding holding, Side side, Int128 quantity, long price, bool slips)
    {
        var notional = costs.Notional(side, quantity, price, slips);
        var fee = costs.Fee(notional);
        holding.Account.Settle(side, notional, fee);
        holding.Quantity += (int)side * quantity;
        holding.QuantityValue = Scaled.ToDouble(holding.Quantity);
        Fees += fee;
        Traded += notional;
        SlippageCost += Int128.Abs(notional - Scaled.Value(quantity, price));
        return (notional, fee);
    }
}
