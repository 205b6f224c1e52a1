using System.Text.Json;
using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.Binance;

/// <summary>Klines, books and trades, which spot and USD-M write almost alike.</summary>
internal static class BinanceMarketData
{
    public static Reply Klines(BinanceQuery query, long nowMs, int usual, int most)
    {
        var market = query.Market();
        var span = query.Interval();
        if (span.Ms is 0 or >= Clock.Hour) span = span with { Shift = span.Shift + query.TimeZoneShift() };
        var limit = query.Limit(usual, most);
        var (from, to) = (query.Time("startTime"), query.Time("endTime"));

        List<Candle> bars;
        if (from is { } start)
        {
            bars = market.Candles.Forward(span, start, to ?? long.MaxValue, limit, nowMs);
        }
        else
        {
            bars = market.Candles.Backward(span, long.MinValue, to ?? nowMs, limit, nowMs);
            bars.Reverse();
        }

        return BinanceRefusal.Ok(Json.Of(w =>
        {
            w.WriteStartArray();
            foreach (var bar in bars) Kline(w, bar, market.Listing, span, query);
            w.WriteEndArray();
        }));
    }

    public static void Levels(Utf8JsonWriter w, string name, IEnumerable<(long Price, long Quantity)> levels, Listing listing, bool isSpot)
    {
        w.WriteStartArray(name);
        foreach (var (price, quantity) in levels)
        {
            w.WriteStartArray();
            w.Fixed(price, listing.PriceDecimals, isSpot ? 8 : listing.PriceDecimals);
            w.Fixed(quantity, listing.LotDecimals, isSpot ? 8 : listing.LotDecimals);
            w.WriteEndArray();
        }

        w.WriteEndArray();
    }

    public static Reply AggTrades(BinanceQuery query, List<Tape> trades, Listing listing) => BinanceRefusal.Ok(Json.Of(w =>
    {
        w.WriteStartArray();
        foreach (var trade in trades)
        {
            w.WriteStartObject();
            w.WriteNumber("a", trade.Id);
            w.Fixed("p", trade.Price, listing.PriceDecimals, query.IsSpot ? 8 : listing.PriceDecimals);
            w.Fixed("q", trade.Quantity, listing.LotDecimals, query.IsSpot ? 8 : listing.LotDecimals);
            if (!query.IsSpot) w.Fixed("nq", trade.Quantity, listing.LotDecimals, listing.LotDecimals);
            w.WriteNumber("f", trade.FirstTrade);
            w.WriteNumber("l", trade.LastTrade);
            w.WriteNumber("T", query.InMicroseconds ? trade.TimeMs * 1_000 : trade.TimeMs);
            w.WriteBoolean("m", trade.BuyerIsMaker);
            if (query.IsSpot) w.WriteBoolean("M", true);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }));

    /// <summary>Single trades: the newest, or from a number on; of those before the market became live only the last are known.</summary>
    public static Reply Trades(BinanceQuery query, long nowMs)
    {
        var market = query.Market();
        var listing = market.Listing;
        var limit = query.Limit(500, 1000);
        var from = query.Number("fromId");
        var own = market.Live is { } live ? (int)(live.NextTape - live.OldestTape) : 0;
        var tapes = market.NewestTrades(nowMs, from is null ? limit : own + limit, nowMs);
        var fills = tapes.SelectMany(t => Enumerable.Range(0, (int)(t.LastTrade - t.FirstTrade + 1)).Select(i => (Trade: t, Number: (long)i)))
            .Where(f => from is not { } first || f.Trade.FirstTrade + f.Number >= first).ToList();
        var (price, lot) = query.IsSpot ? (8, 8) : (listing.PriceDecimals, listing.LotDecimals);
        return BinanceRefusal.Ok(Json.Of(w =>
        {
            w.WriteStartArray();
            foreach (var (trade, number) in from is null ? fills.TakeLast(limit) : fills.Take(limit))
            {
                var quantity = Live.LiveMarket.FillQuantity(trade, number);
                w.WriteStartObject();
                w.WriteNumber("id", trade.FirstTrade + number);
                w.Fixed("price", trade.Price, listing.PriceDecimals, price);
                w.Fixed("qty", quantity, listing.LotDecimals, lot);
                w.Fixed("quoteQty", (Int128)trade.Price * quantity, listing.QuoteDecimals, query.IsSpot ? 8 : listing.QuoteDecimals);
                w.WriteNumber("time", query.InMicroseconds ? trade.TimeMs * 1_000 : trade.TimeMs);
                w.WriteBoolean("isBuyerMaker", trade.BuyerIsMaker);
                w.WriteBoolean(query.IsSpot ? "isBestMatch" : "isRPITrade", query.IsSpot);
                w.WriteEndObject();
            }

            w.WriteEndArray();
        }));
    }

    private static void Kline(Utf8JsonWriter w, in Candle bar, Listing listing, Span span, BinanceQuery query)
    {
        var (price, lot, quote) = query.IsSpot ? (8, 8, 8) : (listing.PriceDecimals, listing.LotDecimals, listing.QuoteDecimals);
        var unit = query.InMicroseconds ? 1_000 : 1;
        w.WriteStartArray();
        w.WriteNumberValue(bar.OpenMs * unit);
        w.Fixed(bar.Open, listing.PriceDecimals, price);
        w.Fixed(bar.High, listing.PriceDecimals, price);
        w.Fixed(bar.Low, listing.PriceDecimals, price);
        w.Fixed(bar.Close, listing.PriceDecimals, price);
        w.Fixed(bar.Volume, listing.LotDecimals, lot);
        w.WriteNumberValue((span.Next(bar.OpenMs) * unit) - 1);
        w.Fixed(bar.Quote, listing.QuoteDecimals, quote);
        w.WriteNumberValue(bar.Trades);
        w.Fixed(bar.TakerVolume, listing.LotDecimals, lot);
        w.Fixed(bar.TakerQuote, listing.QuoteDecimals, quote);
        w.WriteStringValue("0");
        w.WriteEndArray();
    }
}
