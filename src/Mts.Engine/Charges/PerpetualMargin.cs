using Mts.Core.Market;
using Mts.Core.Trading;
using Mts.Engine.Execution;

namespace Mts.Engine.Charges;

/// <summary>The margin of an account's perpetuals: what may be opened, and at which price a position is taken away.</summary>
/// <remarks>The ledger pays notionals in full, so that cash may be negative; cash and positions at their marks are the equity all the same. Spot that is owned stands behind nothing.</remarks>
/// <param name="options">Of the run.</param>
/// <param name="holdings">Of the run.</param>
/// <param name="marks">In cross mode they value every position of an account.</param>
/// <param name="assumptions">Takes what had to be assumed.</param>
internal sealed class PerpetualMargin(MarginOptions options, Holding[] holdings, MarkPrices marks, Assumptions assumptions)
{
    private readonly WideInt times = (WideInt)(options.Leverage * 100);

    public decimal Exposure => options.Exposure;

    /// <summary>Notional over initial margin; 1 for what is bought with cash.</summary>
    public double LeverageOf(Holding holding) => Covers(holding) ? (double)options.Leverage : 1;

    public bool Covers(Holding holding) => options.Tables[holding.Instrument] is not null;

    /// <summary>The instant that decides which tables are in force, Unix microseconds.</summary>
    public long Now { get; set; }

    public MarginTable TableOf(Holding holding) => options.Tables[holding.Instrument]!.At(new Timestamp(Now));

    /// <summary>The largest multiple of the lot up to a value whose initial margin and fee are free, and whose tier allows the leverage.</summary>
    /// <param name="holding">Of a perpetual.</param>
    /// <param name="side">Of the order that opens or adds.</param>
    /// <param name="value">Wanted, 10⁻⁸ quote units.</param>
    /// <param name="terms">Of the order.</param>
    /// <param name="price">10⁻⁸ quote units, before slippage.</param>
    /// <param name="slips">False for a limit order.</param>
    public WideInt Quantity(Holding holding, Side side, WideInt value, OrderTerms terms, long price, bool slips = true)
    {
        if (TableOf(holding).MostNotional(options.Leverage) is { } most) value = WideInt.Min(value, most - WideInt.Abs(Worth(holding)));
        var paid = terms.Costs.Marginable(side, Free(holding.Account), price, options.Leverage, terms.Lot, slips);
        return value == WideInt.MaxValue ? paid : WideInt.Min(paid, terms.Costs.Worth(side, value, price, terms.Lot, slips));
    }

    /// <summary>After a fill: isolated margin grows with what is opened, and is given back with what is closed.</summary>
    public void Filled(Holding holding, WideInt before, WideInt notional)
    {
        var (was, now) = (WideInt.Abs(before), WideInt.Abs(holding.Quantity));
        holding.IsWatched = now != 0;
        var known = options.Tables[holding.Instrument]!;
        if (!known.Knows(new Timestamp(Now))) assumptions.Note(holding.Instrument, $"the margin tiers of {known.Name} are known from {known.From!.Value.Date:yyyy-MM-dd} on; those of that day were assumed before it", Now);
        if (options.Mode != MarginMode.Isolated) return;
        holding.Margin = now > was ? holding.Margin + Initial(notional) : now == 0 ? 0 : Scaled.Part(holding.Margin, now, was);
    }

    /// <summary>After a part was liquidated: what is left of the margin stays with the rest of an isolated position.</summary>
    public void Keep(Holding holding, WideInt left)
    {
        if (options.Mode == MarginMode.Isolated) holding.Margin = holding.Quantity == 0 ? 0 : WideInt.Max(0, left);
    }

    /// <summary>How much more a position holds at a price than the tier below its own allows, 10⁻⁸ base units; 0 in the first tier, and where nothing would be left to go on with.</summary>
    /// <param name="holding">On margin.</param>
    /// <param name="price">10⁻⁸ quote units.</param>
    /// <param name="lot">10⁻⁸ base units.</param>
    public WideInt Excess(Holding holding, long price, long lot)
    {
        var size = WideInt.Abs(holding.Quantity);
        var notional = Scaled.Value(size, price);
        var from = TableOf(holding).TierFrom(notional);
        if (from <= 0 || AtStake(holding) + ((int)holding.Direction * (notional - holding.EntryNotional)) <= 0) return 0;
        var kept = Scaled.Part(from - 1, Scaled.One, price) / lot * lot;
        while (kept > 0 && Scaled.Value(kept, price) >= from) kept -= lot;
        return kept > 0 ? size - kept : 0;
    }

    /// <summary>After payments: what the free balance could not pay is taken from isolated margins.</summary>
    public void Settled()
    {
        if (options.Mode != MarginMode.Isolated) return;
        foreach (var holding in holdings)
        {
            if (holding.Margin > 0 && Free(holding.Account) is var free && free < 0) holding.Margin = WideInt.Max(0, holding.Margin + free);
        }
    }

    /// <summary>10⁻⁸ quote units; null where no price liquidates it.</summary>
    public long? LiquidationPrice(Holding holding)
    {
        var behind = AtStake(holding);
        if (options.Mode == MarginMode.Cross)
        {
            foreach (var other in holdings)
            {
                if (other != holding && other.Quantity != 0 && Covers(other) && ReferenceEquals(other.Account, holding.Account)) behind -= TableOf(other).Maintenance(WideInt.Abs(Worth(other)));
            }
        }

        return Core.Trading.LiquidationPrice.Of((Side)holding.Direction, WideInt.Abs(holding.Quantity), holding.EntryNotional, behind, TableOf(holding));
    }

    /// <summary>All that the position can lose, without what it has gained.</summary>
    public WideInt AtStake(Holding holding) => options.Mode == MarginMode.Isolated ? holding.Margin : Balance(holding.Account) - Gain(holding);

    /// <summary>What an account can spend or put up, 10⁻⁸ quote units; below 0 where payments have taken more.</summary>
    public WideInt Free(Account account)
    {
        var free = Balance(account);
        foreach (var holding in holdings)
        {
            if (holding.Quantity == 0 || !Covers(holding) || !ReferenceEquals(holding.Account, account)) continue;
            free -= options.Mode == MarginMode.Isolated ? holding.Margin + Gain(holding) : Initial(WideInt.Abs(Worth(holding)));
        }

        return free;
    }

    private WideInt Balance(Account account)
    {
        var balance = account.Cash;
        foreach (var holding in holdings)
        {
            if (holding.Quantity != 0 && ReferenceEquals(holding.Account, account) && (Covers(holding) || holding.Quantity < 0)) balance += Worth(holding);
        }

        return balance;
    }

    private WideInt Initial(WideInt notional) => ((notional * 100) + times - 1) / times;

    private WideInt Gain(Holding holding) => Worth(holding) - ((int)holding.Direction * holding.EntryNotional);

    private WideInt Worth(Holding holding)
    {
        if (holding.Quantity == 0) return 0;
        return Scaled.Value(holding.Quantity, options.Mode == MarginMode.Cross ? marks.At(holding, Now) : Scaled.Price(holding.Mark));
    }
}
