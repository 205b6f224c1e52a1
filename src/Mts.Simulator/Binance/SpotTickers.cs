using System.Text.Json;
using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.Binance;

/// <summary>Spot's tickers: an object for one symbol, an array for several or all.</summary>
internal static class SpotTickers
{
    public static Reply Average(BinanceQuery query, long nowMs)
    {
        query.Allow("symbol");
        var market = query.Market();
        var minute = new Span(Clock.Minute);
        var bars = market.Candles.Backward(minute, nowMs - (5 * Clock.Minute), nowMs, 5, nowMs);
        var (quote, volume) = (bars.Aggregate((Int128)0, (sum, b) => sum + b.Quote), bars.Sum(b => b.Volume));
        var price = volume == 0 ? market.LastPrice(nowMs) * market.Listing.PriceUnit : (double)quote / volume * market.Listing.PriceUnit;
        return BinanceRefusal.Ok(Json.Of(w =>
        {
            w.WriteStartObject();
            w.WriteNumber("mins", 5);
            w.WriteString("price", price.ToString("F8"));
            w.WriteNumber("closeTime", nowMs);
            w.WriteEndObject();
        }));
    }

    public static Reply Prices(BinanceQuery query, IReadOnlyList<Market> all, long nowMs) => Each(query, all, (w, market) =>
    {
        w.WriteString("symbol", market.Listing.Symbol);
        w.Fixed("price", market.LastPrice(nowMs), market.Listing.PriceDecimals, 8);
    });

    public static Reply Books(BinanceQuery query, IReadOnlyList<Market> all, long nowMs) => Each(query, all, (w, market) =>
    {
        w.WriteString("symbol", market.Listing.Symbol);
        Best(w, market, nowMs);
    });

    public static Reply Days(BinanceQuery query, IReadOnlyList<Market> all, long nowMs) => Each(query, all, (w, market) =>
    {
        var from = (nowMs / Clock.Minute * Clock.Minute) - Clock.Day;
        var listing = market.Listing;
        var bar = market.Candles.Bar(new Span(Clock.Day, from % Clock.Day), from, nowMs) ?? default;
        var before = market.Candles.Bar(new Span(Clock.Minute), from - Clock.Minute, nowMs) ?? bar;
        var change = bar.Close - bar.Open;
        w.WriteString("symbol", listing.Symbol);
        w.Fixed("priceChange", change, listing.PriceDecimals, 8);
        w.WriteString("priceChangePercent", bar.Open == 0 ? "0.000" : (100.0 * change / bar.Open).ToString("F3"));
        w.WriteString("weightedAvgPrice", bar.Volume == 0 ? "0.00000000" : ((double)bar.Quote / bar.Volume * listing.PriceUnit).ToString("F8"));
        w.Fixed("prevClosePrice", before.Close, listing.PriceDecimals, 8);
        w.Fixed("lastPrice", bar.Close, listing.PriceDecimals, 8);
        w.Fixed("lastQty", Math.Max(1, bar.Volume / Math.Max(1, bar.Trades)), listing.LotDecimals, 8);
        Best(w, market, nowMs);
        w.Fixed("openPrice", bar.Open, listing.PriceDecimals, 8);
        w.Fixed("highPrice", bar.High, listing.PriceDecimals, 8);
        w.Fixed("lowPrice", bar.Low, listing.PriceDecimals, 8);
        w.Fixed("volume", bar.Volume, listing.LotDecimals, 8);
        w.Fixed("quoteVolume", bar.Quote, listing.QuoteDecimals, 8);
        w.WriteNumber("openTime", from);
        w.WriteNumber("closeTime", nowMs);
        var first = market.Trades(from, nowMs, 1, nowMs) is [var trade] ? trade.FirstTrade : 0;
        w.WriteNumber("firstId", first);
        w.WriteNumber("lastId", first + bar.Trades - 1);
        w.WriteNumber("count", bar.Trades);
    });

    private static void Best(Utf8JsonWriter w, Market market, long nowMs)
    {
        var book = Book.Of(market, 1, nowMs);
        w.Fixed("bidPrice", book.Bids is [var bid, ..] ? bid.Price : 0, market.Listing.PriceDecimals, 8);
        w.Fixed("bidQty", book.Bids is [var bids, ..] ? bids.Quantity : 0, market.Listing.LotDecimals, 8);
        w.Fixed("askPrice", book.Asks is [var ask, ..] ? ask.Price : 0, market.Listing.PriceDecimals, 8);
        w.Fixed("askQty", book.Asks is [var asks, ..] ? asks.Quantity : 0, market.Listing.LotDecimals, 8);
    }

    private static Reply Each(BinanceQuery query, IReadOnlyList<Market> all, Action<Utf8JsonWriter, Market> write)
    {
        query.Allow("symbol", "symbols", "type", "symbolStatus");
        var one = query.OptionalMarket();
        var some = query.Markets();
        return BinanceRefusal.Ok(Json.Of(w =>
        {
            if (one is null) w.WriteStartArray();
            foreach (var market in one is not null ? [one] : some ?? all)
            {
                w.WriteStartObject();
                write(w, market);
                w.WriteEndObject();
            }

            if (one is null) w.WriteEndArray();
        }));
    }
}
