using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Risk;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine.Charges;
using Mts.Engine.Execution;
using Mts.Engine.Execution.Orders;
using Mts.Engine.Execution.Queues;

namespace Mts.Engine;

/// <summary>The parts of one run, put together.</summary>
internal sealed record RunParts
{
    private readonly string[] symbols;

    private RunParts(BacktestInputs inputs, IReadOnlyList<IStrategy> strategies, SignalAggregator? aggregator, RiskPolicy? risk, BacktestOptions options)
    {
        Start = inputs.Start.Micros;
        Strategies = strategies;
        Series = [.. inputs.Instruments.Select(i => i.Series)];
        var capital = Scaled.Amount(options.Capital);
        var apart = strategies.All(s => s.Needs.Capital == CapitalSharing.Equal);
        Accounts = apart ? Shares(capital, Series.Length) : [new Account(capital)];
        Holdings = [.. Series.Select((_, i) => new Holding(i, Accounts[apart ? i : 0], Lot(options, i)))];
        Cursors = [.. Series.Select((s, i) => new BarCursor(s, i))];
        Charges = new RunCharges(inputs, options, Holdings, i => Cursors[i].Series);
        symbols = [.. Series.Select(s => s.Key.Symbol.ToString())];
        Broker = new Broker(Charges, symbols);
        Orders = new OrderDesk(Holdings, symbols, options.Execution.LatencyMicros)
        {
            IsAlwaysBusy = !options.Execution.IsPlain,
            Leverage = i => Charges.Margin?.LeverageOf(Holdings[i]) ?? 1,
            Tick = options.Costs?.Rules is null ? null : Charges.Tick,
        };
        Context = new RunContext([.. inputs.Instruments.Select(i => i.ToInstrument())], inputs, Cursors, Holdings, Broker, Orders, Intervals(strategies));
        Orders.Where = Context.Where;
        Desk = new SignalDesk(Context, Holdings, Orders, options, aggregator, risk);
        if (risk is not null) Orders.Limits = Desk.Judge;
        Finer = new FinerBars([.. inputs.Instruments.Select(i => i.Finer)], Series.Length > 0 ? Series[0].Key.Interval : Interval.Day, options.Execution.Finer);
        var liquidations = Charges.Margin is { } margin ? new Liquidations(margin, Broker, Charges.Assumptions, Charges.Marks) : null;
        Venue = options.Execution.Queue is { } model ? InBooks(inputs, model, options, liquidations)
            : new BarVenue(Holdings, Broker, Context, Desk, Orders, () => new BarSteps(Holdings, Broker, Context, Desk, Orders, Fills(options), Finer, options.Execution, liquidations), liquidations);
        Curve = new EquityCurve(Start, (double)options.Capital, options.EquityPerBar);
        Context.Payments = Funding;
    }

    public long Start { get; }

    public BarSeries[] Series { get; }

    public Account[] Accounts { get; }

    public Holding[] Holdings { get; }

    public BarCursor[] Cursors { get; }

    public RunContext Context { get; }

    public IReadOnlyList<IStrategy> Strategies { get; }

    public SignalDesk Desk { get; }

    public Broker Broker { get; }

    public OrderDesk Orders { get; }

    public FinerBars Finer { get; }

    /// <summary>Where orders fill; the backtest's is the next bar.</summary>
    public ExecutionVenue Venue { get; init; }

    /// <summary>What happens in recorded books; null for fills on bars.</summary>
    public BookLog? Books { get; private set; }

    public EquityCurve Curve { get; }

    public RunCharges Charges { get; }

    public FundingPayments? Funding => Charges.Funding;

    public static RunParts Of(
        BacktestInputs inputs, IReadOnlyList<IStrategy> strategies, SignalAggregator? aggregator, RiskPolicy? risk, BacktestOptions options) =>
        new(inputs, strategies, aggregator, risk, options);

    public string SymbolOf(Holding holding) => symbols[holding.Instrument];

    private OrderFills Fills(BacktestOptions options) => new(Holdings, Broker, Context, Orders, options.AllowShort);

    private QueueVenue InBooks(BacktestInputs inputs, QueueModel model, BacktestOptions options, Liquidations? liquidations)
    {
        Books = new BookLog(symbols);
        var (fills, latency) = (Fills(options), options.Execution.LatencyMicros);
        var steps = new SignalSteps(Holdings.Length, Broker, Context, Desk, fills, latency);
        return new QueueVenue(Holdings, [.. inputs.Instruments.Select(i => i.Tape!)], model, Broker, Orders, fills, steps, Books, liquidations, Start, latency);
    }

    // Those beside the run's own, each once.
    private Interval[] Intervals(IReadOnlyList<IStrategy> strategies) => strategies.All(s => s.Needs.Intervals.Count == 0) ? [] :
        [.. strategies.SelectMany(s => s.Needs.Intervals).Select(n => n.Interval).Where(i => i != Series[0].Key.Interval).Distinct()];

    /// <summary>1/N each; what does not divide stays with the first.</summary>
    public static Account[] Shares(WideInt capital, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new Account((capital / count) + (i == 0 ? capital % count : 0)))];

    /// <summary>10⁻⁸ base units.</summary>
    public static long Lot(BacktestOptions options, int instrument) =>
        options.Lots is { } lots ? (long)Scaled.Amount(lots[instrument]) : 1;
}
