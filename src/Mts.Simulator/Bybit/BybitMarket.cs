using System.Text.Json;
using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.Bybit;

/// <summary>Klines, books, funding and trades; lists are newest first and all numbers in them are strings.</summary>
internal static class BybitMarket
{
    /// <summary>Added to a trade's number gives the execution id of spot.</summary>
    public const long FirstSpotTrade = 2_100_000_000_000_000_000;

    public static Reply Time(BybitQuery query) => BybitEnvelope.Ok(query.NowMs, w =>
    {
        w.WriteString("timeSecond", (query.NowMs / 1_000).ToString());
        w.WriteString("timeNano", $"{query.NowMs}000000");
    });

    public static Reply Klines(BybitQuery query)
    {
        var category = query.Category("linear");
        var market = query.Market(category);
        var span = query.Interval();
        var limit = query.Limit(200, 1000);
        var (from, to) = (query.Time("start"), query.Time("end"));
        var bars = market.Candles.Backward(span, from ?? long.MinValue, to ?? query.NowMs, limit, query.NowMs);
        return BybitEnvelope.Ok(query.NowMs, w =>
        {
            w.WriteString("symbol", market.Listing.Symbol);
            w.WriteString("category", category);
            w.WriteStartArray("list");
            foreach (var bar in bars) Kline(w, bar, market.Listing);
            w.WriteEndArray();
        });
    }

    public static Reply Book(BybitQuery query)
    {
        var category = query.Category();
        var market = query.Market(category);
        var book = Model.Book.Of(market, query.Limit(category == "spot" ? 1 : 25, 1000), query.NowMs);
        return BybitEnvelope.Ok(query.NowMs, w =>
        {
            w.WriteString("s", market.Listing.Symbol);
            Levels(w, "a", book.Asks, market.Listing);
            Levels(w, "b", book.Bids, market.Listing);
            w.WriteNumber("ts", query.NowMs);
            w.WriteNumber("u", book.UpdateId);
            w.WriteNumber("seq", book.Sequence ?? book.UpdateId * 3);
            w.WriteNumber("cts", query.NowMs - 114);
        });
    }

    public static Reply Funding(BybitQuery query)
    {
        var category = query.Category();
        var market = query.Market(category);
        var limit = query.Limit(200, 200);
        var (from, to) = (query.Time("startTime"), query.Time("endTime"));
        if (from is not null && to is null) throw query.Bad("params error: endTime is required with startTime");
        var rows = new List<FundingEvent>();
        if (market.Funding is { } funding)
        {
            var last = Math.Min(to ?? query.NowMs, query.NowMs);
            for (var due = last / funding.PeriodMs * funding.PeriodMs; due >= Math.Max(funding.FirstMs, from ?? 0) && rows.Count < limit; due -= funding.PeriodMs) rows.Add(funding.At(due));
        }

        return BybitEnvelope.Ok(query.NowMs, w =>
        {
            w.WriteString("category", category);
            w.WriteStartArray("list");
            foreach (var row in rows)
            {
                w.WriteStartObject();
                w.WriteString("symbol", market.Listing.Symbol);
                w.Fixed("fundingRate", row.Rate, 8, -1);
                w.WriteString("fundingRateTimestamp", row.StampMs.ToString());
                w.WriteEndObject();
            }

            w.WriteEndArray();
        });
    }

    public static Reply Trades(BybitQuery query)
    {
        var category = query.Category();
        var market = query.Market(category);
        var isSpot = category == "spot";
        var limit = query.Limit(isSpot ? 60 : 500, isSpot ? 60 : 1000);
        var trades = market.NewestTrades(query.NowMs, limit, query.NowMs);
        trades.Reverse();
        return BybitEnvelope.Ok(query.NowMs, w =>
        {
            w.WriteString("category", category);
            w.WriteStartArray("list");
            foreach (var trade in trades) Trade(w, trade, market.Listing, isSpot);
            w.WriteEndArray();
        });
    }

    private static void Trade(Utf8JsonWriter w, Tape trade, Listing listing, bool isSpot)
    {
        w.WriteStartObject();
        w.WriteString("execId", isSpot ? (FirstSpotTrade + trade.Id).ToString() : Identity(trade.Id, listing.Symbol).ToString());
        w.WriteString("symbol", listing.Symbol);
        w.Fixed("price", trade.Price, listing.PriceDecimals, listing.PriceDecimals);
        w.Fixed("size", trade.Quantity, listing.LotDecimals, -1);
        w.WriteString("side", trade.BuyerIsMaker ? "Sell" : "Buy");
        w.WriteString("time", trade.TimeMs.ToString());
        w.WriteBoolean("isBlockTrade", false);
        w.WriteBoolean("isRPITrade", false);
        w.WriteString("seq", (trade.Id * 7).ToString());
        w.WriteEndObject();
    }

    /// <summary>The execution id of a derivative's trade.</summary>
    public static Guid Identity(long id, string symbol)
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Noise.Key((ulong)id, symbol));
        BitConverter.TryWriteBytes(bytes[8..], Noise.Key((ulong)id + 1, symbol));
        return new Guid(bytes);
    }

    private static void Kline(Utf8JsonWriter w, in Candle bar, Listing listing)
    {
        w.WriteStartArray();
        w.WriteStringValue(bar.OpenMs.ToString());
        w.Fixed(bar.Open, listing.PriceDecimals, -1);
        w.Fixed(bar.High, listing.PriceDecimals, -1);
        w.Fixed(bar.Low, listing.PriceDecimals, -1);
        w.Fixed(bar.Close, listing.PriceDecimals, -1);
        w.Fixed(bar.Volume, listing.LotDecimals, -1);
        w.Fixed(bar.Quote, listing.QuoteDecimals, -1);
        w.WriteEndArray();
    }

    private static void Levels(Utf8JsonWriter w, string name, IEnumerable<(long Price, long Quantity)> levels, Listing listing)
    {
        w.WriteStartArray(name);
        foreach (var (price, quantity) in levels)
        {
            w.WriteStartArray();
            w.Fixed(price, listing.PriceDecimals, listing.PriceDecimals);
            w.Fixed(quantity, listing.LotDecimals, -1);
            w.WriteEndArray();
        }

        w.WriteEndArray();
    }
}
