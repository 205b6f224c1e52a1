using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Core.Trading;

namespace Mts.Engine.Sessions;

/// <summary>A strategy that is asked until it was given up. Then its orders are cancelled, and what it said is taken back.</summary>
/// <param name="inner">The strategy.</param>
/// <param name="end">Why and when.</param>
/// <param name="now">The instant of the run.</param>
/// <param name="retraction">With which confidence it takes back what it said of an instrument; null where it has said nothing.</param>
internal sealed class RetiringStrategy(IStrategy inner, StrategyGivenUp end, Func<Timestamp> now, Func<int, double?> retraction) : IStrategy, IOrderListener
{
    private bool hasLeft;

    public string Name => inner.Name;

    public StrategyNeeds Needs => inner.Needs;

    public void OnStart(IStrategyContext context)
    {
        if (now() < end.From) inner.OnStart(context);
    }

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        if (slice.Time < end.From) inner.OnSlice(in slice, context);
        else if (!hasLeft) Leave(slice.Time, context);
    }

    public void OnOrder(OrderReport report, IStrategyContext context)
    {
        if (now() < end.From && inner is IOrderListener listener) listener.OnOrder(report, context);
    }

    private void Leave(Timestamp time, IStrategyContext context)
    {
        hasLeft = true;
        for (var i = 0; i < context.Instruments.Count; i++)
        {
            foreach (var order in context.Orders(i).ToList()) context.Cancel(order.Id);
            if (retraction(i) is not { } confidence || context.Past(i).Count == 0) continue;
            context.Emit(new Signal
            {
                Asset = context.Instruments[i].Asset, Instrument = i, Direction = Direction.Flat, Confidence = confidence, Strategy = Name, Time = time, Price = context.Past(i).Closes[^1],
                Reason = $"given up: {end.Cause}",
            });
        }
    }
}
