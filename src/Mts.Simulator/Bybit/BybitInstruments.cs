using System.Text.Json;
using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.Bybit;

/// <summary>instruments-info: derivatives in pages with a cursor, spot in one piece.</summary>
internal static class BybitInstruments
{
    public static Reply Answer(BybitQuery query)
    {
        var category = query.Category();
        var isSpot = category == "spot";
        var all = query.All(category);
        if (query["symbol"] is { } symbol) all = query.Find(category, symbol) is { } one ? [one] : throw query.Bad("Not supported symbols");
        if (query["baseCoin"] is { } coin) all = [.. all.Where(m => m.Listing.BaseName == coin)];
        if (query["status"] is not (null or "Trading")) all = [];

        var limit = isSpot ? int.MaxValue : query.Limit(500, 1000);
        var start = query["cursor"] is { } cursor && !isSpot ? Start(query, cursor) : 0;
        var page = all.OrderBy(m => m.Listing.Symbol, StringComparer.Ordinal).Skip(start).Take(limit).ToList();
        return BybitEnvelope.Ok(query.NowMs, w =>
        {
            w.WriteString("category", category);
            w.WriteStartArray("list");
            foreach (var market in page)
            {
                if (isSpot) Spot(w, market.Listing);
                else Linear(w, market);
            }

            w.WriteEndArray();
            if (!isSpot) w.WriteString("nextPageCursor", start + page.Count < all.Count ? $"first%3D{start + page.Count}" : "");
        });
    }

    private static int Start(BybitQuery query, string cursor)
    {
        var text = Uri.UnescapeDataString(cursor);
        return text.StartsWith("first=", StringComparison.Ordinal) && int.TryParse(text.AsSpan(6), out var start) ? start : throw query.Bad("params error: cursor invalid");
    }

    private static void Linear(Utf8JsonWriter w, Market market)
    {
        var listing = market.Listing;
        var (tick, step) = (Json.FixedText(1, listing.PriceDecimals, listing.PriceDecimals), Json.FixedText(1, listing.LotDecimals, listing.LotDecimals));
        w.WriteStartObject();
        w.WriteString("symbol", listing.Symbol);
        w.WriteString("contractType", "LinearPerpetual");
        w.WriteString("status", "Trading");
        w.WriteString("baseCoin", listing.BaseName);
        w.WriteString("quoteCoin", "USDT");
        w.WriteString("launchTime", listing.ListedMs.ToString());
        w.WriteString("deliveryTime", "0");
        w.WriteString("deliveryFeeRate", "");
        w.WriteString("priceScale", listing.PriceDecimals.ToString());
        Object(w, "leverageFilter", ("minLeverage", "1"), ("maxLeverage", "75.00"), ("leverageStep", "0.01"));
        Object(w, "priceFilter", ("minPrice", tick), ("maxPrice", Json.FixedText(19_999_998, listing.PriceDecimals, listing.PriceDecimals)), ("tickSize", tick));
        Object(w, "lotSizeFilter", ("maxOrderQty", Json.FixedText(1_500_000, listing.LotDecimals, listing.LotDecimals)), ("minOrderQty", step), ("qtyStep", step),
            ("postOnlyMaxOrderQty", Json.FixedText(1_500_000, listing.LotDecimals, listing.LotDecimals)), ("maxMktOrderQty", Json.FixedText(150_000, listing.LotDecimals, listing.LotDecimals)),
            ("minNotionalValue", "5"));
        w.WriteBoolean("unifiedMarginTrade", true);
        w.WriteNumber("fundingInterval", (market.Funding?.Hours ?? 8) * 60);
        w.WriteString("settleCoin", "USDT");
        w.WriteString("copyTrading", "both");
        w.WriteString("upperFundingRate", "0.02");
        w.WriteString("lowerFundingRate", "-0.02");
        w.WriteBoolean("isPreListing", false);
        w.WriteNull("preListingInfo");
        Object(w, "riskParameters", ("priceLimitRatioX", "0.05"), ("priceLimitRatioY", "0.1"));
        w.WriteString("displayName", "");
        w.WriteString("symbolType", "");
        w.WriteBoolean("forbidUplWithdrawal", false);
        w.WriteNumber("symbolId", listing.Index + 5);
        w.WriteEndObject();
    }

    private static void Spot(Utf8JsonWriter w, Listing listing)
    {
        var step = Json.FixedText(1, listing.LotDecimals, listing.LotDecimals);
        w.WriteStartObject();
        w.WriteNumber("symbolId", listing.Index + 9);
        w.WriteString("symbol", listing.Symbol);
        w.WriteString("baseCoin", listing.BaseName);
        w.WriteString("quoteCoin", "USDT");
        w.WriteString("innovation", "0");
        w.WriteString("status", "Trading");
        w.WriteString("marginTrading", "utaOnly");
        w.WriteString("stTag", "0");
        Object(w, "lotSizeFilter", ("basePrecision", step), ("quotePrecision", "0.0000001"), ("minOrderQty", step), ("maxOrderQty", Json.FixedText(83_000_000, listing.LotDecimals, -1)),
            ("minOrderAmt", "5"), ("maxOrderAmt", "8000000"), ("maxLimitOrderQty", Json.FixedText(83_000_000, listing.LotDecimals, -1)),
            ("maxMarketOrderQty", Json.FixedText(41_500_000, listing.LotDecimals, -1)), ("postOnlyMaxLimitOrderSize", "60000"));
        Object(w, "priceFilter", ("tickSize", Json.FixedText(1, listing.PriceDecimals, -1)));
        Object(w, "riskParameters", ("priceLimitRatioX", "0.005"), ("priceLimitRatioY", "0.01"));
        w.WriteString("symbolType", "");
        w.WriteEndObject();
    }

    private static void Object(Utf8JsonWriter w, string name, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        w.WriteStartObject(name);
        foreach (var (field, value) in fields) w.WriteString(field, value);
        w.WriteEndObject();
    }
}
