using System.Text.Json;
using Mts.Core.Books;

namespace Mts.Cli.Commands.Data;

/// <summary>Samples of the live feeds as JSON objects; prices and sizes of books as texts, exact.</summary>
internal static class RealtimeJson
{
    public static void Write(Utf8JsonWriter w, BookRow book)
    {
        WriteHead(w, book.Venue, book.Symbol, book.Time);
        w.WriteString("received", book.Received.ToString());
        w.WriteNumber("id", book.UpdateId);
        w.WriteNumber("epoch", book.Epoch);
        WriteLevels(w, "bids", book.Bids, book.Scale);
        WriteLevels(w, "asks", book.Asks, book.Scale);
        w.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter w, SpreadRow spread)
    {
        WriteHead(w, spread.Venue, spread.Symbol, spread.Time);
        w.WriteString("received", spread.Received.ToString());
        w.WriteString("bid", PlainNumber.ToText(spread.Bid.Price, spread.Scale.PriceDecimals));
        w.WriteString("bid_size", PlainNumber.ToText(spread.Bid.Size, spread.Scale.SizeDecimals));
        w.WriteString("ask", PlainNumber.ToText(spread.Ask.Price, spread.Scale.PriceDecimals));
        w.WriteString("ask_size", PlainNumber.ToText(spread.Ask.Size, spread.Scale.SizeDecimals));
        w.WriteNumber("absolute", (double)spread.Absolute);
        w.WriteNumber("percentage", spread.Percentage);
        w.WriteNumber("mid", (double)spread.Mid);
        w.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter w, FundingQuoteRow quote)
    {
        WriteHead(w, quote.Venue, quote.Symbol, quote.Time);
        w.WriteNumber("rate", quote.Rate);
        w.WriteString("next_funding", quote.NextFunding?.ToString());
        w.WriteNumber("mark", quote.Mark);
        Output.JsonParts.WriteNumber(w, "index", quote.Index);
        w.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter w, CrossSpreadRow spread)
    {
        w.WriteStartObject();
        WriteFigures(w, spread);
        w.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter w, OpportunityRow opportunity)
    {
        w.WriteStartObject();
        w.WriteString("first_seen", opportunity.FirstSeen.ToString());
        w.WriteString("last_seen", opportunity.LastSeen.ToString());
        w.WriteString("ended", opportunity.Ended?.ToString());
        w.WriteString("end_reason", opportunity.EndReason);
        w.WriteNumber("net_profit", opportunity.NetProfit);
        WriteFigures(w, opportunity.Best);
        w.WriteEndObject();
    }

    private static void WriteFigures(Utf8JsonWriter w, CrossSpreadRow spread)
    {
        w.WriteString("time", spread.Time.ToString());
        w.WriteString("buy_venue", spread.BuyVenue);
        w.WriteString("buy_symbol", spread.BuySymbol.ToString());
        w.WriteString("sell_venue", spread.SellVenue);
        w.WriteString("sell_symbol", spread.SellSymbol.ToString());
        Output.JsonParts.WriteNumber(w, "size", spread.Size);
        w.WriteNumber("buy_price", spread.BuyPrice);
        w.WriteNumber("sell_price", spread.SellPrice);
        w.WriteNumber("gross_bps", spread.GrossBps);
        Output.JsonParts.WriteNumber(w, "net_bps", spread.NetBps);
    }

    private static void WriteHead(Utf8JsonWriter w, string venue, Symbol symbol, Timestamp time)
    {
        w.WriteStartObject();
        w.WriteString("venue", venue);
        w.WriteString("symbol", symbol.ToString());
        w.WriteString("time", time.ToString());
    }

    private static void WriteLevels(Utf8JsonWriter w, string name, LevelChange[] levels, NumberScale scale)
    {
        w.WriteStartArray(name);
        foreach (var level in levels)
        {
            w.WriteStartArray();
            w.WriteStringValue(PlainNumber.ToText(level.Price, scale.PriceDecimals));
            w.WriteStringValue(PlainNumber.ToText(level.Size, scale.SizeDecimals));
            w.WriteEndArray();
        }

        w.WriteEndArray();
    }
}
