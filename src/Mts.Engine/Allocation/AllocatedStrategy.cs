using System.Globalization;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;

namespace Mts.Engine.Allocation;

/// <summary>A strategy whose directions are kept and whose sizes are replaced: what it wants to hold shares one account by the rule of the allocation.</summary>
/// <param name="inner">Says what is wanted; the size of its signals scales the share.</param>
/// <param name="options">The rule.</param>
public sealed class AllocatedStrategy(IStrategy inner, AllocationOptions options) : IStrategy
{
    private readonly Allocator allocator = new(options);
    private readonly ViewInbox inbox = new();
    private View?[] views = [];
    private double[] targets = [];
    private Timestamp? last;

    public string Name => inner.Name;

    public StrategyNeeds Needs { get; } = inner.Needs with
    {
        Capital = CapitalSharing.Shared,
        WarmUpBars = Math.Max(inner.Needs.WarmUpBars, options.Lookback + 1),
    };

    public void OnStart(IStrategyContext context)
    {
        views = new View?[context.Instruments.Count];
        targets = new double[views.Length];
        inner.OnStart(inbox.Of(context));
    }

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        inbox.Signals.Clear();
        inner.OnSlice(in slice, inbox.Of(context));
        Retire(slice.Time, context);
        var hasChanged = false;
        foreach (var signal in inbox.Signals) hasChanged |= Take(signal, context);
        if (!hasChanged && !IsDue(slice.Time, context)) return;
        if (Weigh(context) is not { } weights) return;
        last = slice.Time;
        Say(weights, slice.Time, context);
    }

    // A position that has met its stop, target or horizon is wanted no more.
    private void Retire(Timestamp now, IStrategyContext context)
    {
        for (var i = 0; i < views.Length; i++)
        {
            if (views[i] is not { } view) continue;
            var isHeld = context.Position(i).Quantity != 0;
            var isOver = view.Signal.Horizon is { } horizon && view.Signal.Time + horizon <= now;
            if (isOver || (view.WasHeld && !isHeld)) views[i] = null;
            else view.WasHeld |= isHeld;
        }
    }

    private bool Take(Signal signal, IStrategyContext context)
    {
        var i = signal.Instrument;
        if (signal.Direction == Direction.Flat)
        {
            var wasWanted = views[i] is not null;
            views[i] = null;
            targets[i] = 0;
            context.Emit(signal);
            return wasWanted;
        }

        if (views[i] is { } view && view.Signal.Direction == signal.Direction && view.Signal.PositionSize == signal.PositionSize) return false;
        views[i] = new View(signal);
        return true;
    }

    private bool IsDue(Timestamp now, IStrategyContext context)
    {
        if (last is not { } before) return Array.Exists(views, v => v is not null);
        if (options.Every is { } every && now - before >= every) return true;
        if (options.Drift is not { } drift) return false;
        for (var i = 0; i < views.Length; i++)
        {
            if (views[i] is { WasHeld: true } && Math.Abs(Weight(i, context) - targets[i]) > drift) return true;
        }

        return false;
    }

    // Null where the markets that are wanted do not share enough bars yet.
    private double[]? Weigh(IStrategyContext context)
    {
        var wanted = Enumerable.Range(0, views.Length).Where(i => views[i] is not null).ToList();
        if (SharedReturns.Of(context, wanted, options.Lookback) is not { } returns) return null;
        for (var k = 0; k < wanted.Count; k++)
        {
            if (views[wanted[k]]!.Signal.Direction == Direction.Short) returns[k] = Array.ConvertAll(returns[k], r => -r);
        }

        var shares = allocator.Weigh(returns, 365.0 * Timestamp.MicrosPerDay / context.Instruments[0].Key.Interval.Micros);
        var weights = new double[views.Length];
        for (var k = 0; k < wanted.Count; k++) weights[wanted[k]] = shares[k] * views[wanted[k]]!.Signal.PositionSize;
        return weights;
    }

    private void Say(double[] weights, Timestamp now, IStrategyContext context)
    {
        for (var i = 0; i < views.Length; i++)
        {
            if (views[i] is not { } view) continue;
            var price = context.Past(i).Closes[^1];
            targets[i] = weights[i];
            var isHeld = context.Position(i).Quantity != 0;
            if (weights[i] <= 0 && !isHeld) continue;
            if (!view.StandsAt(price)) continue;
            context.Emit(view.Signal with
            {
                Direction = weights[i] > 0 ? view.Signal.Direction : Direction.Flat,
                PositionSize = weights[i],
                Stop = weights[i] > 0 ? view.Signal.Stop : null,
                Target = weights[i] > 0 ? view.Signal.Target : null,
                Horizon = weights[i] > 0 ? view.Signal.Horizon - (now - view.Signal.Time) : null,
                Time = now,
                Price = price,
                Resizes = true,
                Reason = string.Create(CultureInfo.InvariantCulture, $"{view.Signal.Reason}; weight {weights[i]:0.####} by {options.Method.ToText()} over {options.Lookback} bars"),
            });
        }
    }

    private static double Weight(int instrument, IStrategyContext context) =>
        Math.Abs(context.Position(instrument).Quantity) * context.Past(instrument).Closes[^1] / context.Equity(instrument);

    private sealed class View(Signal signal)
    {
        public Signal Signal { get; } = signal;

        public bool WasHeld { get; set; }

        /// <summary>Whether the levels lie on their sides of the price; where not, the position is about to end by itself.</summary>
        public bool StandsAt(double price)
        {
            var direction = (int)Signal.Direction;
            return (Signal.Stop is not { } stop || direction * (price - stop) > 0) && (Signal.Target is not { } target || direction * (target - price) > 0);
        }
    }
}
