using System.Runtime.CompilerServices;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Trading;
using Mts.Engine.Charges;
using Mts.Engine.Execution;
using Mts.Engine.Execution.Orders;

namespace Mts.Engine;

/// <summary>The one loop: at each instant bars close and strategies speak, then bars open and orders fill.</summary>
internal sealed class EventLoop
{
    private const int CancellationStride = 4_096;
    private const int Nobody = -1;
    private readonly BarCursor[] cursors;
    private readonly Holding[] holdings;
    private readonly SliceBar[] several;
    private readonly int[] opening;
    private readonly RunContext context;
    private readonly IStrategy[] strategies; // an interface would allocate an enumerator per bar
    private readonly SignalDesk desk;
    private readonly OrderDesk orders;
    private readonly ExecutionVenue venue;
    private readonly EquityCurve curve;
    private readonly RunCharges? charges; // null where time alone costs nothing
    private readonly Account[] accounts;
    private readonly long start;
    private int speaking = Nobody; // an index: to store a reference costs a barrier, at every bar

    public EventLoop(RunParts parts)
    {
        (cursors, holdings, context) = (parts.Cursors, parts.Holdings, parts.Context);
        (strategies, desk, venue, curve, charges) = ([.. parts.Strategies], parts.Desk, parts.Venue, parts.Curve, parts.Charges.IsQuiet ? null : parts.Charges);
        accounts = parts.Accounts;
        orders = parts.Orders;
        context.Speaking = () => Speaking;
        start = parts.Start;
        several = new SliceBar[cursors.Length];
        opening = new int[cursors.Length];
    }

    /// <summary>Bars in the range, of all instruments.</summary>
    public long Bars { get; private set; }

    /// <summary>Those at whose open a position was held.</summary>
    public long BarsHeld { get; private set; }

    /// <summary>The last instant that the loop has been at, Unix microseconds.</summary>
    public long Now => context.Now;

    /// <summary>The strategy that has been asked and has not answered; for another thread, which may see it late.</summary>
    public StrategyCall? Call => Speaking is { } strategy ? new StrategyCall(strategy.Name, new Timestamp(context.Now), context.Where()) : null;

    /// <summary>From the first bar to the last.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        Begin();
        Advance(cancellationToken);
    }

    /// <summary>Once, before the first bar.</summary>
    /// <exception cref="StrategyException">A strategy threw.</exception>
    public void Begin()
    {
        try
        {
            for (speaking = 0; speaking < strategies.Length; speaking++) strategies[speaking].OnStart(context);
            speaking = Nobody;
        }
        catch (Exception e) when (IsFaultOfStrategy(e))
        {
            throw Fault(e);
        }
    }

    /// <summary>As far as the series go. When they have grown it goes on from there: an instant at which bars have closed is met again when the next ones are known to have opened.</summary>
    /// <exception cref="StrategyException">A strategy threw; the message names it and the instant.</exception>
    public void Advance(CancellationToken cancellationToken)
    {
        try
        {
            Walk(cancellationToken);
        }
        catch (Exception e) when (IsFaultOfStrategy(e))
        {
            throw Fault(e);
        }
    }

    // Compiled at once with all optimisations: most runs would be over before the runtime saw that this is hot. Without the handler around it, which keeps what it may need out of registers.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Walk(CancellationToken cancellationToken)
    {
        var steps = 0;
        for (var now = Next(); now != long.MaxValue;)
        {
            if (++steps % CancellationStride == 0) cancellationToken.ThrowIfCancellationRequested();
            context.Now = now;
            charges?.Settle(now - 1);
            var closed = CloseBars(now);
            charges?.Settle(now);
            if (!closed.IsEmpty) Decide(now, closed);
            now = OpenBars(now);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double TotalEquity()
    {
        var equity = 0.0;
        foreach (var account in accounts) equity += account.CashValue;
        foreach (var holding in holdings) equity += holding.QuantityValue * holding.Mark;
        return equity;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<SliceBar> CloseBars(long now)
    {
        var count = 0;
        for (var i = 0; i < cursors.Length; i++)
        {
            var cursor = cursors[i];
            if (cursor.Next != now || !cursor.IsOpen) continue;
            cursor.Close();
            ref readonly var bar = ref cursor.Standing;
            holdings[i].Mark = bar.Bar.Close;
            if (cursors.Length == 1) return new ReadOnlySpan<SliceBar>(in bar);
            several[count++] = bar;
        }

        return several.AsSpan(0, count);
    }

    private void TellOrders(long now)
    {
        orders.Expire(now);
        if (orders.Log.HasNews) orders.Log.Tell(context, Speak);
        speaking = Nobody;
    }

    private long Next()
    {
        var next = long.MaxValue;
        foreach (var cursor in cursors) next = Math.Min(next, cursor.Next);
        return next;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Decide(long now, ReadOnlySpan<SliceBar> closed)
    {
        if (orders.IsUsed) TellOrders(now);
        var slice = new MarketSlice(new Timestamp(now), closed);
        for (speaking = 0; speaking < strategies.Length; speaking++) strategies[speaking].OnSlice(in slice, context);
        speaking = Nobody;
        if (now < start && orders.IsUsed) orders.Forget(now);
        var equity = TotalEquity();
        if (now > start) curve.Add(now, equity);
        desk.Mark(now, equity);
        if (context.Emitted.Count == 0) return;
        desk.Take(context.Emitted, equity);
        context.Emitted.Clear();
        // A warm-up fills indicators. A view without levels still stands when the range begins; levels belong to the moment they were set.
        if (now < start) desk.Forget();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long OpenBars(long now)
    {
        var (count, held, isBusy, next) = (0, 0, orders.IsBusy, long.MaxValue);
        for (var i = 0; i < cursors.Length; i++)
        {
            var cursor = cursors[i];
            if (cursor.Next == now)
            {
                cursor.Open();
                if (now >= start)
                {
                    var holding = holdings[i];
                    holding.Mark = cursor.Standing.Bar.Open;
                    isBusy |= holding.IsBusy;
                    held += holding.QuantityValue == 0 ? 0 : 1;
                    opening[count++] = i;
                }
            }

            next = Math.Min(next, cursor.Next);
        }

        Bars += count;
        BarsHeld += isBusy ? venue.Trade(opening.AsSpan(0, count), cursors, now) : held;
        return next;
    }

    private bool IsFaultOfStrategy(Exception e) => Speaking is not null && e is not (OperationCanceledException or MtsException);

    private StrategyException Fault(Exception e) => new($"strategy {Speaking!.Name} failed {Call!.Moment}: {e.GetType().Name}: {e.Message}", e) { Strategy = Speaking.Name };

    private IStrategy? Speaking => (uint)speaking < (uint)strategies.Length ? strategies[speaking] : null;

    private IStrategy Speak(IStrategy strategy)
    {
        speaking = Array.IndexOf(strategies, strategy);
        return strategy;
    }
}
