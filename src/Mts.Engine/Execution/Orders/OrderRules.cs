using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Trading;

namespace Mts.Engine.Execution.Orders;

/// <summary>What an order must keep to be one; a strategy that breaks it has a bug, and its run stops.</summary>
internal static class OrderRules
{
    /// <param name="order">As submitted.</param>
    /// <param name="instruments">How many the run has.</param>
    /// <param name="price">The instrument's last close.</param>
    /// <param name="now">The instant.</param>
    /// <param name="strategy">Who submits it.</param>
    /// <param name="where">The bar, in words.</param>
    /// <param name="leverage">Greatest fraction of equity of an instrument.</param>
    /// <exception cref="StrategyException">Names strategy, instant, bar and figure.</exception>
    public static void Check(OrderRequest order, int instruments, Func<int, double> price, Timestamp now, string strategy, Func<string> where, Func<int, double> leverage)
    {
        if (Wrong(order, instruments) is { } wrong) throw Bad(wrong);
        if (order.EquityFraction > leverage(order.Instrument)) throw Bad($"equity fraction {order.EquityFraction}, allowed is above 0 to {leverage(order.Instrument)}");
        if (price(order.Instrument) == 0) throw Bad("the instrument has no price yet");
        if (order.GoodUntil <= now) throw Bad($"it is good until {order.GoodUntil}, which has passed");
        var reference = order.LimitPrice ?? order.StopPrice ?? (decimal)price(order.Instrument);
        var sign = (int)order.Side;
        if (order.StopLoss is { } stop && (stop - reference) * sign >= 0) throw Bad($"the stop-loss {stop} is not on the losing side of {reference}");
        if (order.TakeProfit is { } target && (target - reference) * sign <= 0) throw Bad($"the take-profit {target} is not on the winning side of {reference}");

        StrategyException Bad(string what) => new($"strategy {strategy} gave an impossible order at {now}, {where()}: {what}.");
    }

    private static string? Wrong(OrderRequest o, int instruments)
    {
        if (o.Instrument < 0 || o.Instrument >= instruments) return $"instrument {o.Instrument} of {instruments}";
        if (!Enum.IsDefined(o.Side) || !Enum.IsDefined(o.Type) || !Enum.IsDefined(o.TimeInForce)) return $"side {(int)o.Side}, type {(int)o.Type}, time in force {(int)o.TimeInForce}";
        if (o.Quantity is null == o.EquityFraction is null) return "it has a quantity or a fraction of equity, one of them";
        if (o.Quantity is not null and not (> 0 and < 1_000_000_000_000m)) return $"quantity {o.Quantity}";
        if (o.EquityFraction is not null and not > 0) return $"equity fraction {o.EquityFraction}, allowed is above 0";
        return Prices(o) ?? Conditions(o);
    }

    private static string? Prices(OrderRequest o)
    {
        var hasLimit = o.Type is OrderType.Limit or OrderType.StopLimit;
        var hasStop = o.Type is OrderType.Stop or OrderType.StopLimit or OrderType.TakeProfit;
        if (hasLimit != o.LimitPrice is not null) return hasLimit ? $"a {o.Type} order without a limit price" : $"a {o.Type} order has no limit price, and {o.LimitPrice} was given";
        if (hasStop != o.StopPrice is not null) return hasStop ? $"a {o.Type} order without a stop price" : $"a {o.Type} order has no stop price, and {o.StopPrice} was given";
        foreach (var price in (ReadOnlySpan<decimal?>)[o.LimitPrice, o.StopPrice, o.StopLoss, o.TakeProfit, o.TrailAmount])
        {
            if (price is not null and not (> 0 and < 90_000_000_000m)) return $"price {price}";
        }

        var trails = (o.TrailAmount is null ? 0 : 1) + (o.TrailFraction is null ? 0 : 1);
        if (trails != (o.Type == OrderType.TrailingStop ? 1 : 0)) return o.Type == OrderType.TrailingStop ? "a trailing stop has an amount or a fraction, one of them" : $"a {o.Type} order does not trail";
        return o.TrailFraction is not null and not (> 0 and < 1) ? $"trail fraction {o.TrailFraction}, allowed is between 0 and 1" : null;
    }

    private static string? Conditions(OrderRequest o)
    {
        if (o.TimeInForce == TimeInForce.GoodTilDate != o.GoodUntil is not null) return "a good-until time belongs to a good-til-date order, and only to it";
        var isImmediate = o.TimeInForce is TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill;
        if (isImmediate && o.Type is not (OrderType.Market or OrderType.Limit)) return $"{o.TimeInForce} is for market and limit orders, this is a {o.Type} order";
        if (o.PostOnly && (o.Type != OrderType.Limit || isImmediate)) return "post-only is for limit orders that may wait";
        if (o.ReduceOnly && (o.StopLoss is not null || o.TakeProfit is not null)) return "a reduce-only order opens nothing that its stop-loss or take-profit could close";
        return null;
    }
}
