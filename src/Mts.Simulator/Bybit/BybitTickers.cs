using System.Text.Json;
using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.Bybit;

/// <summary>The state of a market now; derivatives have funding, mark and index beside it.</summary>
internal static class BybitTickers
{
    public static Reply Answer(BybitQuery query, Exchange exchange)
    {
        var category = query.Category();
        var markets = query["symbol"] is { } symbol ? query.Find(category, symbol) is { } one ? [one] : throw query.Bad("Not supported symbols") : query.All(category);
        if (query["baseCoin"] is { } coin) markets = [.. markets.Where(m => m.Listing.BaseName == coin)];
        return BybitEnvelope.Ok(query.NowMs, w =>
        {
            w.WriteString("category", category);
            w.WriteStartArray("list");
            foreach (var market in markets)
            {
                w.WriteStartObject();
                w.WriteString("symbol", market.Listing.Symbol);
                if (category == "spot") Spot(w, market, query.NowMs);
                else Linear(w, market, exchange, query.NowMs);
                w.WriteEndObject();
            }

            w.WriteEndArray();
        });
    }

    private static void Spot(Utf8JsonWriter w, Market market, long nowMs)
    {
        var listing = market.Listing;
        var day = Day(market, nowMs);
        var book = Book.Of(market, 1, nowMs);
        Price(w, "bid1Price", book.Bids is [var bid, ..] ? bid.Price : 0, listing);
        w.Fixed("bid1Size", book.Bids is [var bids, ..] ? bids.Quantity : 0, listing.LotDecimals, -1);
        Price(w, "ask1Price", book.Asks is [var ask, ..] ? ask.Price : 0, listing);
        w.Fixed("ask1Size", book.Asks is [var asks, ..] ? asks.Quantity : 0, listing.LotDecimals, -1);
        Price(w, "lastPrice", day.Close, listing);
        Price(w, "prevPrice24h", day.Open, listing);
        w.WriteString("price24hPcnt", Change(day, "F4"));
        Price(w, "highPrice24h", day.High, listing);
        Price(w, "lowPrice24h", day.Low, listing);
        w.Fixed("turnover24h", day.Quote, listing.QuoteDecimals, -1);
        w.Fixed("volume24h", day.Volume, listing.LotDecimals, -1);
        w.WriteString("usdIndexPrice", (day.Close * listing.PriceUnit * 1.0001).ToString("F8"));
    }

    private static void Linear(Utf8JsonWriter w, Market market, Exchange exchange, long nowMs)
    {
        var listing = market.Listing;
        var day = Day(market, nowMs);
        var book = Book.Of(market, 1, nowMs);
        var index = exchange.Find(Venue.BybitSpot, listing.Coin.Ticker + "USDT") is { } spot ? listing.ToUnits(spot.LastPrice(nowMs) * spot.Listing.PriceUnit) : day.Close;
        var next = market.Funding?.NextAfter(nowMs) ?? 0;
        var interest = Math.Max(1, day.Volume / 3);
        Price(w, "lastPrice", day.Close, listing);
        Price(w, "indexPrice", index, listing);
        Price(w, "markPrice", (index + day.Close) / 2, listing);
        Price(w, "prevPrice24h", day.Open, listing);
        w.WriteString("price24hPcnt", Change(day, "F6"));
        Price(w, "highPrice24h", day.High, listing);
        Price(w, "lowPrice24h", day.Low, listing);
        Price(w, "prevPrice1h", market.Candles.Bar(new Span(Clock.Minute), (nowMs / Clock.Minute * Clock.Minute) - Clock.Hour, nowMs)?.Open ?? day.Open, listing);
        w.Fixed("openInterest", interest * 2, listing.LotDecimals, listing.LotDecimals);
        w.Fixed("openInterestValue", (Int128)interest * 2 * day.Close, listing.QuoteDecimals, 2);
        w.Fixed("singleOpenInterest", interest, listing.LotDecimals, listing.LotDecimals);
        w.Fixed("singleOpenInterestValue", (Int128)interest * day.Close, listing.QuoteDecimals, 2);
        w.Fixed("turnover24h", day.Quote, listing.QuoteDecimals, 4);
        w.Fixed("volume24h", day.Volume, listing.LotDecimals, 4);
        w.Fixed("fundingRate", market.Funding?.At(next).Rate ?? 0, 8, -1);
        w.WriteString("nextFundingTime", next.ToString());
        foreach (var name in (ReadOnlySpan<string>)["predictedDeliveryPrice", "basisRate", "basisRateYear", "basis", "deliveryFeeRate"]) w.WriteString(name, "");
        w.WriteString("deliveryTime", "0");
        Price(w, "bid1Price", book.Bids is [var bid, ..] ? bid.Price : 0, listing);
        w.Fixed("bid1Size", book.Bids is [var bids, ..] ? bids.Quantity : 0, listing.LotDecimals, -1);
        Price(w, "ask1Price", book.Asks is [var ask, ..] ? ask.Price : 0, listing);
        w.Fixed("ask1Size", book.Asks is [var asks, ..] ? asks.Quantity : 0, listing.LotDecimals, -1);
        foreach (var name in (ReadOnlySpan<string>)["preOpenPrice", "preQty", "curPreListingPhase"]) w.WriteString(name, "");
        w.WriteString("fundingIntervalHour", (market.Funding?.Hours ?? 8).ToString());
        w.WriteString("fundingCap", "0.02");
    }

    private static Candle Day(Market market, long nowMs)
    {
        var from = (nowMs / Clock.Minute * Clock.Minute) - Clock.Day;
        return market.Candles.Bar(new Span(Clock.Day, from % Clock.Day), from, nowMs) ?? default;
    }

    private static string Change(in Candle day, string format) => day.Open == 0 ? "0" : ((double)(day.Close - day.Open) / day.Open).ToString(format);

    private static void Price(Utf8JsonWriter w, string name, long units, Listing listing) => w.Fixed(name, units, listing.PriceDecimals, listing.PriceDecimals);
}
