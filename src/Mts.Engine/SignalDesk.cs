using System.Runtime.CompilerServices;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Risk;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine.Execution;
using Mts.Engine.Execution.Orders;

namespace Mts.Engine;

/// <summary>Takes the signals of an instant to targets: joins those of several strategies, asks the risk policy, and hands what is approved to the next open.</summary>
internal sealed class SignalDesk(RunContext context, Holding[] holdings, OrderDesk orders, BacktestOptions options, SignalAggregator? aggregator, RiskPolicy? risk)
{
    private readonly Dictionary<(int Instrument, string Strategy), Signal> standing = [];
    private readonly List<Signal> signals = [];
    private readonly List<Refusal> refusals = [];
    private readonly List<AggregateDecision> decisions = [];
    private readonly double leverage = (double)(options.Costs?.Margin?.Leverage ?? 1);
    private double peak;
    private double dayStart;
    private long day = long.MinValue;

    public IReadOnlyList<Signal> Signals => signals;

    public IReadOnlyList<Refusal> Refusals => refusals;

    public IReadOnlyList<AggregateDecision> Decisions => decisions;

    /// <summary>Follows equity for the limits on drawdown and daily loss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Mark(long time, double equity)
    {
        if (risk is not null) Follow(time, equity);
    }

    private void Follow(long time, double equity)
    {
        peak = Math.Max(peak, equity);
        long today = new Timestamp(time).Date.DayNumber;
        if (today != day) (day, dayStart) = (today, equity);
    }

    /// <param name="emitted">All signals of this instant.</param>
    /// <param name="equity">Of the whole run.</param>
    /// <exception cref="StrategyException">A signal is impossible; the message names strategy, instant, bar and figure.</exception>
    public void Take(List<Signal> emitted, double equity)
    {
        foreach (var signal in emitted)
        {
            if (SignalRules.Wrong(signal, context.Instruments, new Timestamp(context.Now), leverage) is { } wrong)
                throw new StrategyException($"strategy {signal.Strategy} gave an impossible signal for {signal.Asset} at {signal.Time}, {context.Where()}: {wrong}.") { Strategy = signal.Strategy };
        }

        signals.AddRange(emitted);
        if (aggregator is null)
        {
            foreach (var signal in emitted) Place(signal, equity);
            return;
        }

        foreach (var signal in emitted) standing[(signal.Instrument, signal.Strategy)] = signal;
        foreach (var decision in aggregator.Aggregate(Views(emitted)))
        {
            decisions.Add(decision);
            if (decision.Result is { } joint) Place(joint, equity);
        }
    }

    /// <summary>With which confidence a strategy of several takes back by FLAT what it said of an instrument: none where another one's view stands, which then counts alone.</summary>
    /// <returns>Null where it has said nothing.</returns>
    public double? Retraction(int instrument, string strategy) =>
        !standing.ContainsKey((instrument, strategy)) ? null : standing.Values.Any(s => s.Instrument == instrument && s.Strategy != strategy && Stands(s)) ? 0 : 1;

    /// <summary>Notes that a signal did not become an order.</summary>
    public void Refuse(Signal signal, string rule, string reason) => refusals.Add(new Refusal(signal, rule, reason));

    /// <summary>An order that opens or adds is judged as the signal for the position that it leads to. It is not cut: what may be is not what was asked for.</summary>
    public (string Rule, string Reason)? Judge(Ticket ticket)
    {
        var holding = holdings[ticket.Instrument];
        var equity = holdings.Select(h => h.Account).Distinct().Sum(a => a.CashValue) + holdings.Sum(h => h.QuantityValue * h.Mark);
        var quantity = ticket.Request.Quantity is { } q ? (double)q : ticket.Request.EquityFraction!.Value * equity / holding.Mark;
        var after = holding.QuantityValue + ((int)ticket.Side * quantity);
        if (risk is null || ticket.Request.ReduceOnly || (Math.Abs(after) <= Math.Abs(holding.QuantityValue) && after * holding.QuantityValue >= 0)) return null;
        after += (int)ticket.Side * orders.Opening(ticket.Instrument, ticket.Side, equity, beside: ticket);
        var signal = new Signal(context.Instruments[ticket.Instrument].Asset, ticket.Instrument, (Direction)Math.Sign(after), ticket.Strategy.Name, new Timestamp(context.Now), holding.Mark, ticket.Request.Why)
        {
            PositionSize = Math.Abs(after) * holding.Mark / equity,
            Stop = (double?)ticket.Request.StopLoss,
        };
        return risk.Evaluate(signal, State(equity, ticket)) switch
        {
            RiskDecision.Refused refused => (refused.Rule, refused.Reason),
            RiskDecision.Approved approved when approved.Signal.PositionSize < signal.PositionSize * (1 - 1e-9) => ("limits", string.Join("; ", approved.Limits)),
            _ => null,
        };
    }

    /// <summary>After a slice of the warm-up: nothing was said that counts, and only views without levels are kept.</summary>
    public void Forget()
    {
        signals.Clear();
        refusals.Clear();
        decisions.Clear();
        foreach (var holding in holdings)
        {
            if (holding.Pending is { } p && (p.Stop is not null || p.Target is not null || p.Horizon is not null)) holding.Pending = null;
        }
    }

    private AccountState State(double equity, Ticket? judged = null) => new(new Timestamp(context.Now), equity, peak, dayStart, [.. holdings.Select(h => Exposure(h, equity, judged))]);

    // What is held, or what it would come to with all that is on its way: of several that are asked for at one instant none is the only one.
    private double Exposure(Holding holding, double equity, Ticket? judged)
    {
        var held = holding.QuantityValue * holding.Mark;
        var most = Math.Max(0, held + (holding.Mark * orders.Opening(holding.Instrument, Side.Buy, equity, judged)));
        var least = Math.Min(0, held - (holding.Mark * orders.Opening(holding.Instrument, Side.Sell, equity, judged)));
        if (holding.Pending is { Direction: not Direction.Flat } signal && (signal.Direction != holding.Direction || signal.Resizes))
        {
            var multiple = context.Instruments[holding.Instrument].Key.Symbol.IsPerpetual ? (double)(options.Costs?.Margin?.Exposure ?? 1) : 1;
            var wanted = (int)signal.Direction * signal.PositionSize * multiple * context.Equity(holding.Instrument);
            (most, least) = (Math.Max(most, wanted), Math.Min(least, wanted));
        }

        return most >= -least ? most : least;
    }

    // A strategy's view stands until it gives another one, or its horizon has passed.
    private List<Signal> Views(List<Signal> emitted) =>
    [
        .. standing.Values.Where(s => emitted.Exists(e => e.Instrument == s.Instrument))
            .Where(Stands),
    ];

    private bool Stands(Signal view) => view.Horizon is not { } horizon || (view.Time + horizon).Micros > context.Now;

    private void Place(Signal signal, double equity)
    {
        var holding = holdings[signal.Instrument];
        if (signal.Direction == Direction.Short && !options.AllowShort && !context.Instruments[signal.Instrument].Key.Symbol.IsPerpetual)
        {
            Turn(holding, signal, "allow_short", "a spot market is sold short only with --allow-short");
            return;
        }

        if (risk is null || signal.Direction == Direction.Flat || (signal.Direction == holding.Direction && !signal.Resizes))
        {
            holding.Pending = signal;
            return;
        }

        switch (risk.Evaluate(signal, State(equity)))
        {
            case RiskDecision.Approved approved:
                holding.Pending = approved.Signal;
                break;
            case RiskDecision.Refused refused:
                Turn(holding, signal, refused.Rule, refused.Reason);
                break;
        }
    }

    // The opposite may be refused; that the strategy no longer wants what it holds is not. A refused size leaves the position as it is.
    private void Turn(Holding holding, Signal signal, string rule, string reason)
    {
        Refuse(signal, rule, reason);
        var isNothing = holding.Quantity == 0 && (holding.Pending is null || options.Execution.LatencyMicros == 0);
        holding.Pending = isNothing || signal.Direction == holding.Direction ? null : signal with { Direction = Direction.Flat, Stop = null, Target = null, Horizon = null };
    }
}
