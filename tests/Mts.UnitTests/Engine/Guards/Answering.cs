using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Trading;

namespace Mts.UnitTests.Engine.Guards;

/// <summary>Buys when flat, and answers each purchase with a stop below the bars that have closed.</summary>
internal sealed class Answering : IStrategy, IOrderListener
{
    public string Name => "Answering";

    public StrategyNeeds Needs { get; } = new() { WarmUpBars = 10 };

    public void OnStart(IStrategyContext context)
    {
    }

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        if (context.Past(0).Count < 10 || context.Position(0).Quantity != 0 || context.Orders(0).Count > 0) return;
        context.Submit(new OrderRequest { Instrument = 0, Side = Side.Buy, EquityFraction = 0.5 });
    }

    public void OnOrder(OrderReport report, IStrategyContext context)
    {
        if (report.State != OrderState.Filled || report.Request.Side != Side.Buy) return;
        var lows = context.Past(0).Lows[^5..];
        var lowest = Math.Min(Math.Min(lows[0], lows[1]), Math.Min(Math.Min(lows[2], lows[3]), lows[4]));
        context.Submit(new OrderRequest { Instrument = 0, Side = Side.Sell, Type = OrderType.Stop, Quantity = report.Quantity, StopPrice = (decimal)Math.Round(lowest * 0.999, 4), ReduceOnly = true });
    }
}
