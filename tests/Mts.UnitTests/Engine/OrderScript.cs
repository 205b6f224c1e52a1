using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Trading;
using Mts.Engine;

namespace Mts.UnitTests.Engine;

/// <summary>A strategy that gives the orders that the test wrote down, by number of the closed bar, and writes down what becomes of them.</summary>
internal sealed class OrderScript(CapitalSharing capital = CapitalSharing.Shared) : IStrategy, IOrderListener
{
    private readonly List<(int Bar, int Instrument, Action<IStrategyContext> Act)> lines = [];

    public string Name { get; init; } = "Orders";

    public StrategyNeeds Needs { get; } = new() { Capital = capital };

    public List<OrderReport> Reports { get; } = [];

    /// <summary>What it was told, in short: <c>1 Filled 2 @ 100</c>.</summary>
    public IEnumerable<string> Told => Reports.Select(r => r.Price is { } price ? $"{r.Id} {r.State} {r.Quantity:0.########} @ {price:0.########}" : $"{r.Id} {r.State} {r.Rule}");

    public OrderScript At(int bar, OrderRequest order) => Do(bar, c => c.Submit(order), order.Instrument);

    public OrderScript Do(int bar, Action<IStrategyContext> act, int instrument = 0)
    {
        lines.Add((bar, instrument, act));
        return this;
    }

    public void OnStart(IStrategyContext context)
    {
    }

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        foreach (var (instrument, _) in slice.Bars)
        {
            var closed = context.Past(instrument).Count - 1;
            foreach (var line in lines)
            {
                if (line.Bar == closed && line.Instrument == instrument) line.Act(context);
            }
        }
    }

    public void OnOrder(OrderReport report, IStrategyContext context) => Reports.Add(report);

    public static OrderRequest Buy(decimal quantity, OrderType type = OrderType.Market) => new() { Instrument = 0, Side = Side.Buy, Type = type, Quantity = quantity };

    public static OrderRequest Sell(decimal quantity, OrderType type = OrderType.Market) => new() { Instrument = 0, Side = Side.Sell, Type = type, Quantity = quantity };

    public static OrderRequest BuyLimit(decimal quantity, decimal price) => Buy(quantity, OrderType.Limit) with { LimitPrice = price };

    public static OrderRequest SellLimit(decimal quantity, decimal price) => Sell(quantity, OrderType.Limit) with { LimitPrice = price };

    public static OrderRequest BuyStop(decimal quantity, decimal price) => Buy(quantity, OrderType.Stop) with { StopPrice = price };

    public static OrderRequest SellStop(decimal quantity, decimal price) => Sell(quantity, OrderType.Stop) with { StopPrice = price };

    /// <summary>The fills of a run over days, each as <c>day: side quantity @ price reason</c>.</summary>
    public string[] Fills(BacktestOptions options, params (double Open, double High, double Low, double Close)[] days)
    {
        var seen = new List<string>();
        var count = 0;
        var last = days.Length - 1;
        for (var bar = 0; bar <= last; bar++)
        {
            Do(bar, c =>
            {
                for (; count < c.Fills.Count; count++)
                {
                    var fill = c.Fills[count];
                    seen.Add($"{(fill.Time - Runs.Start).Days}: {(fill.Order.Side == Side.Buy ? "buy" : "sell")} {fill.Order.Quantity:0.########} @ {fill.Price:0.########}");
                }
            });
        }

        Result = Runs.Run(this, options, Runs.Days(days));
        return [.. seen];
    }

    /// <summary>Of the last run.</summary>
    public BacktestResult Result { get; private set; } = null!;
}
