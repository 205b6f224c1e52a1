using System.Text.Json;
using Mts.Core.Trading;

namespace Mts.Engine.Reports;

/// <summary>What became of orders, as a section of the result.</summary>
internal static class OrdersJson
{
    public static void Write(Utf8JsonWriter w, OrderSummary orders)
    {
        w.WriteStartObject("orders");
        w.WriteNumber("submitted", orders.Submitted);
        w.WriteNumber("filled", orders.Filled);
        w.WriteNumber("cancelled", orders.Cancelled);
        w.WriteNumber("rejected", orders.Rejected);
        w.WriteNumber("expired", orders.Expired);
        w.WriteNumber("working", orders.Working);
        w.WriteStartArray("unfilled");
        foreach (var order in orders.Unfilled)
        {
            w.WriteStartObject();
            w.WriteNumber("id", order.Id);
            w.WriteString("strategy", order.Strategy);
            w.WriteString("symbol", order.Symbol);
            Write(w, order.Request);
            w.WriteString("state", Word(order.State));
            JsonFigures.Plain(w, "filled", order.Filled);
            w.WriteString("submitted", order.Submitted.ToString());
            w.WriteString("ended", order.Ended?.ToString());
            w.WriteString("rule", order.Rule);
            w.WriteString("reason", order.Reason);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }

    /// <summary>What was asked for; what an order has not is left out.</summary>
    public static void Write(Utf8JsonWriter w, OrderRequest order)
    {
        w.WriteString("side", Word(order.Side));
        w.WriteString("type", Word(order.Type));
        if (order.Quantity is not null) JsonFigures.Plain(w, "quantity", order.Quantity);
        if (order.EquityFraction is not null) JsonFigures.Number(w, "equity_fraction", order.EquityFraction);
        if (order.LimitPrice is not null) JsonFigures.Plain(w, "limit_price", order.LimitPrice);
        if (order.StopPrice is not null) JsonFigures.Plain(w, "stop_price", order.StopPrice);
        w.WriteString("time_in_force", Word(order.TimeInForce));
    }

    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
