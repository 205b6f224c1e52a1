using Mts.Core.Market;
using Mts.Core.Trading;
using Mts.Engine.Execution;

namespace Mts.Engine.Charges;

/// <summary>All that a run is charged and asked for, beside the prices: the one place where orders, holdings and time meet it.</summary>
internal sealed class RunCharges
{
    private readonly VenueTerms terms;
    private readonly IReadOnlyList<InstrumentData> instruments;

    /// <param name="inputs">The data.</param>
    /// <param name="options">Of the run.</param>
    /// <param name="holdings">Of the run.</param>
    /// <param name="bars">The bars of an instrument, as far as there are any.</param>
    public RunCharges(BacktestInputs inputs, BacktestOptions options, Holding[] holdings, Func<int, BarSeries> bars)
    {
        (instruments, IsPlain) = (inputs.Instruments, options.Costs is null);
        Marks = new MarkPrices([.. instruments.Select(i => i.Marks)], Assumptions);
        terms = new VenueTerms(options, instruments, bars, Assumptions);
        if (options.Costs?.Margin is { } margin) Margin = new PerpetualMargin(margin, holdings, Marks, Assumptions);
        if (options.Costs?.BorrowApr is { } apr) Borrow = new BorrowInterest(new BorrowRate(apr), [.. holdings.Where(h => !IsPerpetual(h.Instrument))]);
        Funding = instruments.Any(i => i.Funding is not null) ? new FundingPayments(instruments, holdings, Assumptions) : null;
        IsQuiet = Funding is null && Borrow is null;
    }

    /// <summary>What had to be assumed.</summary>
    public Assumptions Assumptions { get; } = new();

    public MarkPrices Marks { get; }

    /// <summary>Null where perpetuals are bought with cash.</summary>
    public PerpetualMargin? Margin { get; }

    /// <summary>Null where interest is not counted.</summary>
    public BorrowInterest? Borrow { get; }

    /// <summary>Null where no rates are known.</summary>
    public FundingPayments? Funding { get; }

    /// <summary>True where one fee and one slippage are all.</summary>
    public bool IsPlain { get; }

    /// <summary>True where time alone costs nothing.</summary>
    public bool IsQuiet { get; }

    /// <summary>What an order meets; see <see cref="VenueTerms.For"/>.</summary>
    public OrderTerms For(Holding holding, WideInt worth, long time, bool rests = false) => terms.For(holding.Instrument, worth, time, rests);

    /// <summary>Quantity step at this time, 10⁻⁸ base units.</summary>
    public long Lot(Holding holding, long time) => IsPlain ? holding.Lot : terms.Lot(holding.Instrument, time);

    /// <summary>Price step at this time, 10⁻⁸ quote units; 0 for none.</summary>
    public long Tick(int instrument, long time) => IsPlain ? 0 : terms.Tick(instrument, time);

    /// <summary>Least worth of an order at this time, 10⁻⁸ quote units; 0 for none.</summary>
    public WideInt MinNotional(Holding holding, long time) => IsPlain ? 0 : terms.MinNotional(holding.Instrument, time);

    /// <summary>After each fill.</summary>
    /// <param name="holding">As it is now.</param>
    /// <param name="before">What it held.</param>
    /// <param name="notional">10⁻⁸ quote units.</param>
    /// <param name="price">10⁻⁸ quote units, before slippage.</param>
    /// <param name="time">When.</param>
    public void Filled(Holding holding, WideInt before, WideInt notional, long price, long time)
    {
        if (IsPlain) return;
        terms.Filled(holding.Instrument, notional, time);
        if (IsPerpetual(holding.Instrument)) Margin?.Filled(holding, before, notional);
        else Borrow?.Filled(holding, before, price, time);
    }

    /// <summary>Pays what has come due since the last call.</summary>
    public void Settle(long now)
    {
        Borrow?.Settle(now);
        if (Funding is null) return;
        var before = Funding.Total;
        Funding.Settle(now);
        if (Funding.Total != before) Margin?.Settled();
    }

    private bool IsPerpetual(int instrument) => instruments[instrument].Series.Key.Symbol.IsPerpetual;
}
