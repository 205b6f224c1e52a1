using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Core.Trading;

namespace Bidder;

/// <summary>Always one buy order behind the last price, then one sell order before it: what a queue does to both is in the result.</summary>
public sealed class BidderStrategy(double bps, int patience) : IUserStrategy
{
    private long order;
    private int waited;

    public static StrategyDescriptor Descriptor { get; } = new(
        "Bidder",
        "Rests with limit orders on either side of the last price, one at a time.",
        [new ParameterSpec("bps", Default: 0.5, Min: 0, Max: 100, IsInteger: false, Summary: "distance from the last price, in 1/10000"), new ParameterSpec("patience", Default: 3, Min: 1, Max: 1_000, IsInteger: true, Summary: "bars after which an order is put anew")]);

    public string Name => Descriptor.Name;

    public StrategyNeeds Needs { get; } = new();

    public static IStrategy Create(IReadOnlyDictionary<string, double> parameters) => new BidderStrategy(parameters["bps"], (int)parameters["patience"]);

    public void OnStart(IStrategyContext context) => (order, waited) = (0, 0);

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        if (context.Orders(0).Count > 0)
        {
            if (++waited >= patience) context.Cancel(order);
            return;
        }

        var position = context.Position(0).Quantity;
        var side = position > 0 ? Side.Sell : Side.Buy;
        var price = (decimal)(slice.Bars[0].Bar.Close * (1 - ((int)side * bps / 10_000)));
        waited = 0;
        order = context.Submit(new OrderRequest
        {
            Instrument = 0, Side = side, Type = OrderType.Limit, LimitPrice = decimal.Round(price, 2),
            Quantity = position > 0 ? (decimal)position : 0.01m, Why = side == Side.Buy ? "bid" : "offer",
        });
    }
}
