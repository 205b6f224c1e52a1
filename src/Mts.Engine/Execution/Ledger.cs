using Mts.Core.Market;
using Mts.Core.Trading;
using Mts.Engine.Charges;

namespace Mts.Engine.Execution;

/// <summary>What was filled: moves money and positions, and writes down fills and round trips. Money in 10⁻⁸ quote units.</summary>
internal sealed class Ledger(RunCharges charges, IReadOnlyList<string> symbols)
{
    private readonly List<Trade> trades = [];
    private readonly Chunks<LedgerEntry> entries = new();
    private readonly List<Fill> fills = [];

    public IReadOnlyList<Trade> Trades => trades;

    /// <summary>Executed orders, in order; stated in decimals when somebody asks for them.</summary>
    public IReadOnlyList<Fill> Fills
    {
        get
        {
            while (fills.Count < entries.Count) fills.Add(entries[fills.Count].ToFill(fills.Count + 1));
            return fills;
        }
    }

    /// <summary>The newest fill.</summary>
    public ref readonly LedgerEntry Last => ref entries.Last;

    /// <summary>Of all orders, and for liquidations.</summary>
    public WideInt Fees { get; private set; }

    /// <summary>Of orders that rested.</summary>
    public WideInt MakerFees { get; private set; }

    public WideInt LiquidationFees { get; private set; }

    public int Liquidations { get; private set; }

    public WideInt SlippageCost { get; private set; }

    /// <summary>Notional of all fills.</summary>
    public WideInt Traded { get; private set; }

    /// <summary>A fill that opens a position or adds to one.</summary>
    public void Enter(Holding holding, in LedgerEntry entry, bool isMaker = false)
    {
        if (isMaker) MakerFees += entry.Fee;
        Settle(holding, entry);
    }

    /// <summary>A fill that closes a position, or a part of it: a round trip.</summary>
    public void Leave(Holding holding, in LedgerEntry exit, bool isMaker)
    {
        var (opened, whole) = ((Side)holding.Direction, WideInt.Abs(holding.Quantity));
        var (entry, entryFee, funding) = (Scaled.Part(holding.EntryNotional, exit.Quantity, whole), Scaled.Part(holding.EntryFee, exit.Quantity, whole), Scaled.Part(holding.Carry, exit.Quantity, whole));
        if (isMaker) MakerFees += exit.Fee;
        Settle(holding, exit);
        var gain = ((int)opened * (exit.Notional - entry)) - exit.Fee - entryFee + funding;
        trades.Add(new Trade(
            holding.Instrument, symbols[holding.Instrument], opened, Scaled.ToDecimal(exit.Quantity), new Timestamp(holding.EntryTime), holding.EntryPrice,
            new Timestamp(exit.Time), exit.FillPrice, Scaled.ToDecimal(gain), Scaled.ToDecimal(exit.Fee + entryFee), exit.Why) { EntryWhy = holding.Origin!.Why });
        holding.EntryNotional -= entry;
        holding.EntryFee -= entryFee;
        holding.Carry -= funding;
        if (exit.Quantity < whole) return;
        (holding.Origin, holding.Leaving) = (null, null);
        holding.ExpiresAt = long.MaxValue;
    }

    /// <summary>A liquidation, whose fill is written down by itself.</summary>
    public void Liquidated(WideInt fee)
    {
        LiquidationFees += fee;
        Liquidations++;
    }

    private void Settle(Holding holding, in LedgerEntry entry)
    {
        var before = holding.Quantity;
        entries.Add(entry);
        holding.Account.Settle(entry.Side, entry.Notional, entry.Fee);
        holding.Quantity += (int)entry.Side * entry.Quantity;
        holding.QuantityValue = Scaled.ToDouble(holding.Quantity);
        Fees += entry.Fee;
        Traded += entry.Notional;
        if (entry.Slips) SlippageCost += entry.Slippage;
        charges.Filled(holding, before, entry.Notional, entry.Price, entry.Time);
    }
}
