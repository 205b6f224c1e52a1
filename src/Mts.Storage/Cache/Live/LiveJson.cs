using System.Text.Json;
using Mts.Core.Books;
using Mts.Core.Market;
using Mts.Core.Signals;

namespace Mts.Storage.Cache.Live;

/// <summary>The values as JSON, one object each; the fields are those of <c>docs/cache.md</c>. Times are Unix milliseconds, what is not known is null.</summary>
internal static class LiveJson
{
    public static void Write(Utf8JsonWriter w, BookEntry book, int depth)
    {
        var isValid = book.State == BookState.Valid;
        BookLevel? bid = isValid && book.Bids.Count > 0 ? book.Bids[0] : null;
        BookLevel? ask = isValid && book.Asks.Count > 0 ? book.Asks[0] : null;
        w.WriteStartObject();
        Head(w, book.Venue, book.Symbol, book.Time);
        w.WriteString("state", book.State.ToString().ToUpperInvariant());
        Number(w, "update_id", book.UpdateId);
        Number(w, "best_bid", bid?.Price);
        Number(w, "best_ask", ask?.Price);
        var mid = (bid?.Price + ask?.Price) / 2;
        var spread = ask?.Price - bid?.Price;
        Number(w, "spread_absolute", spread);
        Number(w, "spread_percentage", mid > 0 ? decimal.Round((spread / mid * 100).GetValueOrDefault(), 12) : null);
        Number(w, "mid_price", mid);
        Levels(w, "bids", isValid ? book.Bids : [], depth);
        Levels(w, "asks", isValid ? book.Asks : [], depth);
        w.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter w, FundingEntry funding)
    {
        w.WriteStartObject();
        Head(w, funding.Venue, funding.Symbol, funding.Time);
        Number(w, "funding_rate", funding.Rate);
        Number(w, "mark_price", funding.MarkPrice);
        Number(w, "index_price", funding.IndexPrice);
        Number(w, "funding_time", funding.NextFunding?.UnixMilliseconds);
        Number(w, "interval_hours", funding.Interval?.TotalHours);
        w.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter w, Signal signal)
    {
        w.WriteStartObject();
        w.WriteString("asset", signal.Asset);
        w.WriteString("strategy", signal.Strategy);
        w.WriteNumber("timestamp", signal.Time.UnixMilliseconds);
        w.WriteString("direction", signal.Direction.ToString().ToUpperInvariant());
        Number(w, "strength", signal.Strength);
        Number(w, "confidence", signal.Confidence);
        Number(w, "position_size", signal.PositionSize);
        Number(w, "price", signal.Price);
        Number(w, "stop", signal.Stop);
        Number(w, "target", signal.Target);
        Number(w, "horizon_days", signal.Horizon?.TotalDays);
        w.WriteString("reason", signal.Reason);
        w.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter w, SessionEntry session)
    {
        w.WriteStartObject();
        w.WriteString("exchange", session.Venue);
        w.WriteString("connection", session.Connection);
        w.WriteNumber("timestamp", session.Time.UnixMilliseconds);
        w.WriteString("state", session.State);
        w.WriteNumber("epoch", session.Epoch);
        w.WriteStartArray("subscriptions");
        foreach (var stream in session.Subscriptions) w.WriteStringValue(stream);
        w.WriteEndArray();
        Number(w, "last_message", session.LastMessage?.UnixMilliseconds);
        w.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter w, PriceAlert alert)
    {
        w.WriteStartObject();
        w.WriteString("rule", alert.Rule);
        w.WriteString("subject", alert.Subject);
        w.WriteNumber("timestamp", alert.Time.UnixMilliseconds);
        Number(w, "price", alert.Price);
        w.WriteString("message", alert.Message);
        w.WriteEndObject();
    }

    private static void Head(Utf8JsonWriter w, string venue, Symbol symbol, Timestamp time)
    {
        w.WriteString("exchange", venue);
        w.WriteString("symbol", symbol.ToString());
        w.WriteNumber("timestamp", time.UnixMilliseconds);
    }

    private static void Levels(Utf8JsonWriter w, string name, IReadOnlyList<BookLevel> levels, int depth)
    {
        w.WriteStartArray(name);
        for (var i = 0; i < Math.Min(levels.Count, depth); i++)
        {
            w.WriteStartArray();
            w.WriteNumberValue(Plain(levels[i].Price));
            w.WriteNumberValue(Plain(levels[i].Size));
            w.WriteEndArray();
        }

        w.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter w, string name, decimal? value)
    {
        if (value is { } v) w.WriteNumber(name, Plain(v));
        else w.WriteNull(name);
    }

    // Division by a one of full scale takes the trailing zeros away.
    private static decimal Plain(decimal value) => value / 1.0000000000000000000000000000m;

    private static void Number(Utf8JsonWriter w, string name, long? value)
    {
        if (value is { } v) w.WriteNumber(name, v);
        else w.WriteNull(name);
    }

    private static void Number(Utf8JsonWriter w, string name, double? value)
    {
        if (value is { } v && double.IsFinite(v)) w.WriteNumber(name, v);
        else w.WriteNull(name);
    }
}
