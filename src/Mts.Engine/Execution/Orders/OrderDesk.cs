using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Core.Trading;

namespace Mts.Engine.Execution.Orders;

/// <summary>The working orders of a run, and what has become of the others.</summary>
/// <param name="holdings">By instrument.</param>
/// <param name="symbols">Their markets.</param>
/// <param name="latency">From a decision to the venue, microseconds.</param>
internal sealed class OrderDesk(Holding[] holdings, IReadOnlyList<string> symbols, long latency)
{
    /// <summary>The rule that ends what is ordered before the range begins.</summary>
    public const string WarmUp = "warm_up";

    private readonly List<Ticket> working = [];
    private long last;

    /// <summary>In the order of their ids.</summary>
    public IReadOnlyList<Ticket> Working => working;

    /// <summary>Whether every open has something to do, orders or not.</summary>
    public bool IsAlwaysBusy { get; init; }

    public bool HasWorking => IsUsed && working.Count > 0;

    public bool IsBusy => IsAlwaysBusy || HasWorking;

    /// <summary>Whether an order was ever given; most runs never give one.</summary>
    public bool IsUsed { get; private set; }

    public OrderLog Log { get; } = new(symbols);

    /// <summary>Why an order may not be given, by the limits of the run; null where it may.</summary>
    public Func<Ticket, (string Rule, string Reason)?>? Limits { get; set; }

    /// <summary>The bar at which the run is, in words.</summary>
    public Func<string> Where { get; set; } = () => "";

    /// <summary>Greatest fraction of equity that an order may ask for, by instrument; above 1 on margin only.</summary>
    public Func<int, double> Leverage { get; init; } = _ => 1;

    /// <summary>Price step of an instrument at a time, 10⁻⁸ quote units, 0 for none; null where the run has no rules.</summary>
    public Func<int, long, long>? Tick { get; init; }

    public long Submit(OrderRequest request, IStrategy strategy, long now)
    {
        OrderRules.Check(request, holdings.Length, i => holdings[i].Mark, new Timestamp(now), strategy.Name, Where, Leverage);
        IsUsed = true;
        Log.Submitted++;
        var ticket = new Ticket(++last, request, strategy, now, now + latency);
        KeepToTick(ticket, now);
        working.Add(ticket);
        if (Limits?.Invoke(ticket) is { } limit) End(ticket, OrderState.Rejected, now, limit.Rule, limit.Reason);
        return ticket.Id;
    }

    /// <summary>Its limit stands on the price step in force.</summary>
    public void KeepToTick(Ticket ticket, long time)
    {
        if (Tick is not null) ticket.KeepToTick(Tick(ticket.Instrument, time));
    }

    /// <returns>False where no such order of the strategy works.</returns>
    public bool Cancel(long id, IStrategy strategy, long now)
    {
        var ticket = working.Find(t => t.Id == id && ReferenceEquals(t.Strategy, strategy));
        if (ticket is null || ticket.CancelAt != long.MaxValue) return false;
        if (latency > 0) ticket.CancelAt = now + latency;
        else End(ticket, OrderState.Cancelled, now, "strategy", "the strategy cancelled it");
        return true;
    }

    public IReadOnlyList<WorkingOrder> Of(int instrument, IStrategy? strategy) =>
    [
        .. working.Where(t => t.Instrument == instrument && ReferenceEquals(t.Strategy, strategy)).Select(t => new WorkingOrder(
            t.Id, t.Parent?.Id, t.Request, Scaled.ToDecimal(t.Filled), t.IsTriggered || double.IsNaN(t.Stop) ? null : t.Stop, new Timestamp(t.Submitted))),
    ];

    /// <summary>What working orders of a side may still fill, base units; those that only reduce, and of one-cancels-the-other orders those beside the order itself, are left out.</summary>
    /// <param name="instrument">Whose.</param>
    /// <param name="side">Of the orders.</param>
    /// <param name="equity">Quote units, for orders that ask for a fraction of it.</param>
    /// <param name="beside">An order that is looked at itself; null for none.</param>
    public double Opening(int instrument, Side side, double equity, Ticket? beside)
    {
        var sum = 0.0;
        foreach (var ticket in working)
        {
            var request = ticket.Request;
            if (ticket == beside || ticket.Instrument != instrument || ticket.Side != side || request.ReduceOnly) continue;
            if (beside?.Request.OcoGroup is { } group && request.OcoGroup == group && ReferenceEquals(ticket.Strategy, beside.Strategy)) continue;
            sum += request.Quantity is { } quantity ? (double)quantity - Scaled.ToDouble(ticket.Filled)
                : ticket.Wanted > 0 ? Scaled.ToDouble(ticket.Wanted - ticket.Filled) : request.EquityFraction!.Value * equity / holdings[instrument].Mark;
        }

        return sum;
    }

    /// <summary>Ends what was good until now, and takes out what was cancelled and has arrived.</summary>
    public void Expire(long now)
    {
        for (var i = working.Count - 1; i >= 0; i--)
        {
            var ticket = working[i];
            if (ticket.EndsAt > now) continue;
            if (ticket.CancelAt < ticket.ExpiresAt) End(ticket, OrderState.Cancelled, ticket.CancelAt, "strategy", "the strategy cancelled it");
            else End(ticket, OrderState.Expired, ticket.ExpiresAt, "expired", $"it was good until {new Timestamp(ticket.ExpiresAt)}");
        }
    }

    /// <summary>A bracket order has nothing to protect once the position is gone.</summary>
    public void EndOrphans(long time)
    {
        for (var i = working.Count - 1; i >= 0; i--)
        {
            if (working[i] is { Parent: { } parent } child && holdings[child.Instrument].Direction != (Direction)parent.Side)
                End(child, OrderState.Cancelled, time, "reduce_only", "the position is closed");
        }
    }

    /// <summary>A part was filled, or all of it.</summary>
    public void Filled(Ticket ticket, WideInt quantity, decimal price, long time)
    {
        var isAll = ticket.Filled >= ticket.Wanted;
        Log.Report(ticket, isAll ? OrderState.Filled : OrderState.PartlyFilled, quantity, price, time, "", ticket.Request.Why);
        if (isAll) Remove(ticket, OrderState.Filled);
        if (ticket.Request.OcoGroup is not { } group) return;
        foreach (var other in working.Where(t => t != ticket && t.Request.OcoGroup == group && ReferenceEquals(t.Strategy, ticket.Strategy)).ToList())
            End(other, OrderState.Cancelled, time, "oco", $"order {ticket.Id} was filled");
    }

    /// <summary>It ends without having been filled in full.</summary>
    public void End(Ticket ticket, OrderState state, long time, string rule, string reason)
    {
        if (ticket.IsDone) return;
        Log.Report(ticket, state, WideInt.Max(0, ticket.Wanted - ticket.Filled), null, time, rule, reason);
        Log.NotFilled(ticket, state, time, rule, reason);
        Remove(ticket, state);
    }

    /// <summary>Stop-loss and take-profit of an order that has just been filled for the first time, or again after they had ended.</summary>
    /// <param name="parent">With a bracket.</param>
    /// <param name="time">Of the fill.</param>
    /// <param name="price">Of the fill inside a bar; null at its open.</param>
    public void Protect(Ticket parent, long time, double? price)
    {
        parent.Bracket.RemoveAll(t => t.IsDone);
        foreach (var child in parent.Bracket) child.Request = child.Request with { Quantity = Scaled.ToDecimal(child.Filled + parent.Filled - parent.Closed) };
        if (parent.Bracket.Count > 0) return;
        var side = parent.Side == Side.Buy ? Side.Sell : Side.Buy;
        var request = new OrderRequest { Instrument = parent.Instrument, Side = side, ReduceOnly = true, Quantity = Scaled.ToDecimal(parent.Filled - parent.Closed) };
        if (parent.Request.StopLoss is { } stop) Add(request with { Type = OrderType.Stop, StopPrice = stop, Why = "stop" });
        if (parent.Request.TakeProfit is { } target) Add(request with { Type = OrderType.Limit, LimitPrice = target, Why = "target" });

        void Add(OrderRequest bracket)
        {
            var ticket = new Ticket(++last, bracket, parent.Strategy, time, time, parent) { HasArrived = true, BornAt = price };
            Log.Submitted++;
            KeepToTick(ticket, time);
            parent.Bracket.Add(ticket);
            working.Add(ticket);
        }
    }

    /// <summary>After a slice of the warm-up: nothing was ordered that counts.</summary>
    public void Forget(long now)
    {
        for (var i = working.Count - 1; i >= 0; i--) End(working[i], OrderState.Cancelled, now, WarmUp, "in the warm-up nothing is ordered");
        Log.Forget();
    }

    /// <returns>Null where no orders were given.</returns>
    public OrderSummary? Summary() => Log.Summary(working);

    private void Remove(Ticket ticket, OrderState state)
    {
        ticket.IsDone = true;
        Log.Count(state);
        working.Remove(ticket);
    }
}
