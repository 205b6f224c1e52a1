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
    /// <param name="holding">Flat.</param>
    /// <param name="signal">The target.</param>
    /// <param name="funds">What the account has at the fill prices.</param>
    /// <param name="price">Before slippage.</param>
    /// <param name="time">When.</param>
    /// <returns>False where the fraction does not buy a single lot.</returns>
    public bool Open(Holding holding, Signal signal, Funds funds, double price, long time)
    {
        var (side, scaled) = ((Side)signal.Direction, Scaled.Price(price));
        var quantity = costs.Worth(side, Scaled.Fraction(funds.Equity, signal.PositionSize), scaled, holding.Lot);
        if (side == Side.Buy) quantity = Int128.Min(quantity, costs.Affordable(funds.Available, scaled, holding.Lot));
        if (quantity <= 0) return false;
        var notional = costs.Notional(side, quantity, scaled);
        var fee = side == Side.Buy ? costs.FeeWithin(funds.Available, notional) : costs.Fee(notional);
        Fill(holding, side, quantity, scaled, notional, fee);
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
        var notional = costs.Notional(side, quantity, scaled, slips);
        var fee = costs.Fee(notional);
        Fill(holding, side, quantity, scaled, notional, fee);
        var gain = ((int)opened * (notional - holding.EntryNotional)) - fee - holding.EntryFee + holding.Funding;
        trades.Add(new Trade(
            holding.Instrument, symbols[holding.Instrument], opened, Scaled.ToDecimal(quantity), new Timestamp(holding.EntryTime), holding.EntryPrice,
            new Timestamp(time), costs.FillPrice(side, scaled, slips), Scaled.ToDecimal(gain), Scaled.ToDecimal(fee + holding.EntryFee), reason));
        holding.Origin = null;
        holding.Funding = 0;
        holding.ExpiresAt = long.MaxValue;
    }

    private void Fill(Holding holding, Side side, Int128 quantity, long price, Int128 notional, Int128 fee)
    {
        holding.Account.Settle(side, notional, fee);
        holding.Quantity += (int)side * quantity;
        holding.QuantityValue = Scaled.ToDouble(holding.Quantity);
        Fees += fee;
        Traded += notional;
        SlippageCost += Int128.Abs(notional - Scaled.Value(quantity, price));
    }
}

/// <param name="Equity">Cash and positions, 10⁻⁸ quote units.</param>
/// <param name="Available">Cash less what buying the shorts back would cost: their proceeds buy nothing else.</param>
internal readonly record struct Funds(Int128 Equity, Int128 Available);
