using System.Text.Json;

namespace Mts.Engine.Reports;

/// <summary>What was met inside recorded books, as a section of the result.</summary>
internal static class BookJson
{
    public static void Write(Utf8JsonWriter w, BookSummary book)
    {
        w.WriteStartObject("book");
        w.WriteString("queue", book.Model);
        w.WriteStartArray("markets");
        foreach (var market in book.Markets)
        {
            w.WriteStartObject();
            w.WriteString("symbol", market.Symbol);
            w.WriteNumber("updates", market.Updates);
            w.WriteNumber("trades", market.Trades);
            w.WriteNumber("losses", market.Losses);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteStartArray("queued");
        foreach (var order in book.Queued) Write(w, order);
        w.WriteEndArray();
        w.WriteStartArray("fills");
        foreach (var fill in book.Fills) Write(w, fill);
        w.WriteEndArray();
        w.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter w, QueuedOrder order)
    {
        w.WriteStartObject();
        w.WriteNumber("order", order.Id);
        w.WriteString("symbol", order.Symbol);
        w.WriteString("side", OrdersJson.Word(order.Side));
        JsonFigures.Plain(w, "price", order.Price);
        w.WriteString("joined", order.Joined.ToString());
        JsonFigures.Plain(w, "ahead_at_entry", order.AheadAtEntry);
        JsonFigures.Plain(w, "ahead_at_end", order.AheadAtEnd);
        JsonFigures.Plain(w, "filled", order.Filled);
        w.WriteString("first_fill", order.FirstFill?.ToString());
        w.WriteString("last_fill", order.LastFill?.ToString());
        JsonFigures.Number(w, "waited_seconds", order.FirstFill is { } first ? (first - order.Joined).TotalSeconds : null);
        w.WriteNumber("places_lost", order.PlacesLost);
        w.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter w, BookFill fill)
    {
        w.WriteStartObject();
        w.WriteNumber("order", fill.Id);
        w.WriteString("symbol", fill.Symbol);
        w.WriteString("side", OrdersJson.Word(fill.Side));
        JsonFigures.Plain(w, "quantity", fill.Quantity);
        JsonFigures.Plain(w, "price", fill.Price);
        w.WriteString("time", fill.Time.ToString());
        w.WriteString("how", OrdersJson.Word(fill.How));
        JsonFigures.Plain(w, "ahead", fill.Ahead);
        w.WriteEndObject();
    }
}
