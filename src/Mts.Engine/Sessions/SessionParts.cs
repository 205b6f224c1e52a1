using Mts.Core.Ports;
using Mts.Core.Risk;
using Mts.Core.Signals;
using Mts.Engine.Execution;
using Mts.Engine.Execution.Orders;

namespace Mts.Engine.Sessions;

/// <summary>Puts the parts of a run together as the plan of a session wants them.</summary>
internal static class SessionParts
{
    public static RunParts Of(SessionPlan plan, BacktestInputs inputs, IReadOnlyList<IStrategy> strategies)
    {
        var aggregator = plan.Aggregator is { } joined && strategies.Count > 1 ? new SignalAggregator(joined, [.. strategies.Select(s => s.Name)]) : null;
        var risk = plan.Limits is { } limits ? new RiskPolicy(limits, [.. plan.Instruments.Select(i => i.Asset)]) : null;
        var parts = RunParts.Of(inputs, strategies, aggregator, risk, plan.Options);
        if (plan.Fill != FillRule.Book) return parts;
        var orders = new BookOrders(parts.Holdings, parts.Orders, new OrderFills(parts.Holdings, parts.Broker, parts.Context, parts.Orders, plan.Options.AllowShort));
        return parts with { Venue = new BookVenue(parts.Holdings, parts.Broker, parts.Context, parts.Desk, orders, plan.Interval.Micros, plan.BookAge.Ticks / 10) };
    }
}
