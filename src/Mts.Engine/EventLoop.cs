using System.Runtime.CompilerServices;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine.Execution;

namespace Mts.Engine;

/// <summary>The one loop: at each instant bars close and strategies speak, then bars open and orders fill.</summary>
internal sealed class EventLoop
{
    private const int CancellationStride = 4_096;
    private readonly BarSeries[] series;
    private readonly Holding[] holdings;
    private readonly SliceBar[] slice;
    private readonly (Holding Holding, int Bar)[] opening;
    private readonly Timeline timeline;
    private readonly RunContext context;
    private readonly IReadOnlyList<IStrategy> strategies;
    private readonly SignalDesk desk;
    private readonly Broker broker;
    private readonly EquityCurve curve;
    private readonly FundingPayments? funding;
    private readonly Account[] accounts;
    private readonly long start;
    private IStrategy? speaking;

    public EventLoop(RunParts parts)
    {
        (series, holdings, timeline, context) = (parts.Series, parts.Holdings, parts.Timeline, parts.Context);
        (strategies, desk, broker, curve, funding) = (parts.Strategies, parts.Desk, parts.Broker, parts.Curve, parts.Funding);
        accounts = parts.Accounts;
        start = parts.Start;
        slice = new SliceBar[series.Length];
        opening = new (Holding, int)[series.Length];
    }

    /// <summary>Bars in the range, of all instruments.</summary>
    public long Bars { get; private set; }

    /// <summary>Those at whose open a position was held.</summary>
    public long BarsHeld { get; private set; }

    // Compiled at once with all optimisations: most runs would be over before the runtime saw that this is hot.

    /// <exception cref="StrategyException">A strategy threw; the message names it and the instant.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var strategy in strategies) Speak(strategy).OnStart(context);
            speaking = null;
            var steps = 0;
            for (var now = timeline.Next(); now != long.MaxValue; now = timeline.Next())
            {
                if (++steps % CancellationStride == 0) cancellationToken.ThrowIfCancellationRequested();
                context.Now = now;
                funding?.Settle(now - 1);
                var closing = CloseBars(now);
                funding?.Settle(now);
                if (closing > 0) Decide(now, closing);
                OpenBars(now);
            }
        }
        catch (Exception e) when (speaking is not null && e is not (OperationCanceledException or MtsException))
        {
            throw new StrategyException($"strategy {speaking.Name} failed at {new Timestamp(context.Now)}: {e.GetType().Name}: {e.Message}", e);
        }
    }

    public double TotalEquity()
    {
        var equity = 0.0;
        foreach (var account in accounts) equity += account.CashValue;
        foreach (var holding in holdings) equity += holding.QuantityValue * holding.Mark;
        return equity;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int CloseBars(long now)
    {
        var count = 0;
        for (var i = 0; i < series.Length; i++)
        {
            var bar = timeline.Close(i, now);
            if (bar < 0) continue;
            var closed = series[i][bar];
            slice[count++] = new SliceBar(i, closed);
            holdings[i].Mark = closed.Close;
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Decide(long now, int closing)
    {
        var bars = new MarketSlice(new Timestamp(now), slice.AsSpan(0, closing));
        foreach (var strategy in strategies) Speak(strategy).OnSlice(in bars, context);
        speaking = null;
        var equity = TotalEquity();
        if (now > start) curve.Add(now, equity);
        desk.Mark(now, equity);
        if (context.Emitted.Count == 0) return;
        desk.Take(context.Emitted, equity);
        context.Emitted.Clear();
        // A warm-up fills indicators. A view without levels still stands when the range begins; levels belong to the moment they were set.
        if (now < start) desk.Forget();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OpenBars(long now)
    {
        var count = 0;
        for (var i = 0; i < series.Length; i++)
        {
            var bar = timeline.Open(i, now);
            if (bar < 0 || now < start) continue;
            holdings[i].Mark = series[i].Opens[bar];
            opening[count++] = (holdings[i], bar);
        }

        // What is given up comes first, so that its cash is there for what is bought.
        for (var k = 0; k < count; k++)
        {
            if (opening[k].Holding.Quantity != 0) GiveUp(opening[k].Holding, now);
        }

        for (var k = 0; k < count; k++)
        {
            if (opening[k].Holding.Pending is { } signal) Enter(opening[k].Holding, signal, now);
        }

        Bars += count;
        for (var k = 0; k < count; k++)
        {
            var (holding, bar) = opening[k];
            if (holding.Quantity == 0) continue;
            BarsHeld++;
            if (holding.Origin is { } origin && (origin.Stop ?? origin.Target) is not null) IntrabarExits.Act(holding, series[holding.Instrument][bar], broker);
        }
    }

    private void GiveUp(Holding holding, long now)
    {
        if (holding.Pending is { } signal && signal.Direction != holding.Direction)
        {
            broker.Close(holding, holding.Mark, now, signal.Reason);
            return;
        }

        // The same direction again is no order, also where the position ends at this open.
        holding.Pending = null;
        if (now >= holding.ExpiresAt) broker.Close(holding, holding.Mark, now, "horizon");
    }

    private void Enter(Holding holding, Signal signal, long now)
    {
        holding.Pending = null;
        if (signal.Direction == Direction.Flat) return;
        if (!broker.Open(holding, signal, context.Funds(holding.Instrument), holding.Mark, now)) desk.Refuse(signal, "lot", "its size does not buy one lot");
    }

    private IStrategy Speak(IStrategy strategy) => speaking = strategy;
}
