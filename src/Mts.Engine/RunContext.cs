using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine.Execution;
using Mts.Engine.Execution.Orders;

namespace Mts.Engine;

/// <summary>What strategies may know at the instant that the loop has reached, and where their signals wait for it.</summary>
internal sealed class RunContext(
    IReadOnlyList<RunInstrument> instruments, BacktestInputs inputs, BarCursor[] cursors, Holding[] holdings, Broker broker, OrderDesk orders, IReadOnlyList<Interval> intervals) : IStrategyContext
{
    private readonly Interval own = instruments[0].Key.Interval;
    private readonly LongerBars[][] longer = [.. intervals.Select(i => cursors.Select(c => new LongerBars(c, i)).ToArray())];
    private readonly Dictionary<string, MacroFeed> macro = inputs.Macro.ToDictionary(m => m.Key, m => new MacroFeed(m.Value));

    public long Now { get; set; }

    /// <summary>Null where no instrument of the run pays funding.</summary>
    public FundingPayments? Payments { get; set; }

    /// <summary>Signals emitted in the present slice.</summary>
    public List<Signal> Emitted { get; } = [];

    public IReadOnlyList<RunInstrument> Instruments { get; } = instruments;

    public double Equity(int instrument)
    {
        var account = holdings[instrument].Account;
        var equity = account.CashValue;
        foreach (var holding in holdings)
        {
            if (ReferenceEquals(holding.Account, account)) equity += holding.QuantityValue * holding.Mark;
        }

        return equity;
    }

    public PositionView Position(int instrument)
    {
        var holding = holdings[instrument];
        return holding.Quantity == 0 ? default : new PositionView(holding.QuantityValue, (double)holding.EntryPrice, new Timestamp(holding.EntryTime));
    }

    public IReadOnlyList<Fill> Fills => broker.Ledger.Fills;

    public PastBars Past(int instrument) => new(cursors[instrument].Series, cursors[instrument].Closed);

    public PastBars Past(int instrument, Interval interval) => interval == own ? Past(instrument) : Longer(instrument, interval).Past();

    public bool HasClosed(int instrument, Interval interval)
    {
        if (interval != own) return Longer(instrument, interval).HasClosedAt(Now);
        var (series, closed) = (cursors[instrument].Series, cursors[instrument].Closed);
        return closed > 0 && series.CloseTime(closed - 1).Micros == Now;
    }

    public ReadOnlySpan<MacroObservation> Macro(string seriesId) => macro.TryGetValue(seriesId, out var feed) ? feed.At(Now) : [];

    public ReadOnlySpan<FundingRate> Funding(int instrument) => Payments is { } payments ? payments.SettledBefore(Now, instrument) : [];

    /// <summary>Takes an observation that has just become known.</summary>
    public void Learn(string seriesId, in MacroObservation observation)
    {
        if (macro.TryGetValue(seriesId, out var feed)) feed.Add(observation);
    }

    public void Emit(Signal signal) => Emitted.Add(signal);

    /// <summary>The bars that have closed last, in words.</summary>
    public string Where() =>
        string.Join(", ", cursors.Where(c => c.Closed > 0).Take(3).Select(c => $"bar {c.Closed} of {c.Series.Key}")) is { Length: > 0 } bars ? bars : "in OnStart, before the first bar";

    /// <summary>The strategy whose turn it is; null between their turns.</summary>
    public Func<IStrategy?> Speaking { get; set; } = () => null;

    public long Submit(OrderRequest order) => orders.Submit(order, Speaker(), Now);

    public bool Cancel(long orderId) => orders.Cancel(orderId, Speaker(), Now);

    public IReadOnlyList<WorkingOrder> Orders(int instrument) => orders.HasWorking ? orders.Of(instrument, Speaking()) : [];

    private IStrategy Speaker() => Speaking() ?? throw new InvalidOperationException("Orders are given while the strategy is called, not later.");

    /// <summary>What the account that pays for the instrument has, exact, at the marks.</summary>
    public Funds Funds(int instrument)
    {
        var account = holdings[instrument].Account;
        var (equity, owed) = (account.Cash, (WideInt)0);
        foreach (var holding in holdings)
        {
            if (holding.Quantity == 0 || !ReferenceEquals(holding.Account, account)) continue;
            var value = Scaled.Value(holding.Quantity, Scaled.Price(holding.Mark));
            equity += value;
            if (value < 0) owed -= value;
        }

        return new Funds(equity, account.Cash - owed);
    }

    private LongerBars Longer(int instrument, Interval interval)
    {
        for (var i = 0; i < longer.Length; i++)
        {
            if (intervals[i] == interval) return longer[i][instrument];
        }

        throw new StrategyException($"the strategy reads {interval} bars, and its needs do not name them (StrategyNeeds.Intervals); this run has {own} bars{string.Concat(intervals.Select(i => $" and {i} bars"))}.");
    }
}
