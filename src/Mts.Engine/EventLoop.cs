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
    private readonly BarCursor[] cursors;
    private readonly Holding[] holdings;
    private readonly SliceBar[] slice;
    private readonly int[] opening;
    private readonly RunContext context;
    private readonly IStrategy[] strategies; // an interface would allocate an enumerator per bar
    private readonly SignalDesk desk;
    private readonly Broker broker;
    private readonly EquityCurve curve;
    private readonly FundingPayments? funding;
    private readonly Account[] accounts;
    private readonly long start;
    private IStrategy? speaking;

    public EventLoop(RunParts parts)
    {
        (cursors, holdings, context) = (parts.Cursors, parts.Holdings, parts.Context);
        (strategies, desk, broker, curve, funding) = ([.. parts.Strategies], parts.Desk, parts.Broker, parts.Curve, parts.Funding);
        accounts = parts.Accounts;
        start = parts.Start;
        slice = new SliceBar[cursors.Length];
        opening = new int[cursors.Length];
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
            for (var now = Next(); now != long.MaxValue; now = Next())
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
        for (var i = 0; i < cursors.Length; i++)
        {
            var cursor = cursors[i];
            if (cursor.Next != now || !cursor.IsOpen) continue;
            cursor.Close();
            slice[count++] = new SliceBar(i, cursor.Bar);
            holdings[i].Mark = cursor.Bar.Close;
        }

        return count;
    }

    private long Next()
    {
        var next = long.MaxValue;
        foreach (var cursor in cursors) next = Math.Min(next, cursor.Next);
        return next;
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
        var (count, isBusy) = (0, false);
        for (var i = 0; i < cursors.Length; i++)
        {
            var cursor = cursors[i];
            if (cursor.Next != now) continue;
            cursor.Open();
            if (now < start) continue;
            var holding = holdings[i];
            holding.Mark = cursor.Bar.Open;
            isBusy |= holding.IsBusy;
            opening[count++] = i;
        }

        Bars += count;
        if (isBusy) Trade(opening.AsSpan(0, count), now);
        else foreach (var i in opening.AsSpan(0, count)) BarsHeld += holdings[i].QuantityValue == 0 ? 0 : 1;
    }

    private void Trade(ReadOnlySpan<int> instruments, long now)
    {
        // What is given up comes first, so that its cash is there for what is bought.
        foreach (var i in instruments) GiveUp(holdings[i], cursors[i].Bar.Open, now);
        foreach (var i in instruments) Enter(holdings[i], cursors[i].Bar.Open, now);
        foreach (var i in instruments)
        {
            if (holdings[i].Quantity == 0) continue;
            BarsHeld++;
            IntrabarExits.Act(holdings[i], cursors[i].Bar, broker);
        }
    }

    private void GiveUp(Holding holding, double price, long now)
    {
        if (holding.Quantity == 0) return;
        if (holding.Pending is { } signal && signal.Direction != holding.Direction)
        {
            broker.Close(holding, price, now, signal.Reason);
            return;
        }

        // The same direction again is no order, also where the position ends at this open.
        holding.Pending = null;
        if (now >= holding.ExpiresAt) broker.Close(holding, price, now, "horizon");
    }

    private void Enter(Holding holding, double price, long now)
    {
        if (holding.Pending is not { } signal) return;
        holding.Pending = null;
        if (signal.Direction == Direction.Flat) return;
        if (!broker.Open(holding, signal, context.Funds(holding.Instrument), price, now)) desk.Refuse(signal, "lot", "its size does not buy one lot");
    }

    private IStrategy Speak(IStrategy strategy) => speaking = strategy;
}
