using System.Text.Json;
using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.Binance;

/// <summary>Spot's symbols with their filters, in the order and spelling of the venue.</summary>
internal static class SpotExchangeInfo
{
    private static readonly string[] orderTypes = ["LIMIT", "LIMIT_MAKER", "MARKET", "STOP_LOSS", "STOP_LOSS_LIMIT", "TAKE_PROFIT", "TAKE_PROFIT_LIMIT"];
    private static readonly string[] preventionModes = ["EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH", "DECREMENT"];

    public static byte[] Body(IReadOnlyList<Market> markets, long nowMs, bool showPermissionSets) => Json.Of(w =>
    {
        w.WriteStartObject();
        w.WriteString("timezone", "UTC");
        w.WriteNumber("serverTime", nowMs);
        w.WriteStartArray("rateLimits");
        RateLimit(w, "REQUEST_WEIGHT", "MINUTE", 1, 6000);
        RateLimit(w, "ORDERS", "SECOND", 10, 100);
        RateLimit(w, "ORDERS", "DAY", 1, 200_000);
        RateLimit(w, "RAW_REQUESTS", "MINUTE", 5, 300_000);
        w.WriteEndArray();
        w.WriteStartArray("exchangeFilters");
        w.WriteEndArray();
        w.WriteStartArray("symbols");
        foreach (var market in markets) Symbol(w, market.Listing, showPermissionSets);
        w.WriteEndArray();
        w.WriteEndObject();
    });

    public static void RateLimit(Utf8JsonWriter w, string type, string interval, int count, int limit)
    {
        w.WriteStartObject();
        w.WriteString("rateLimitType", type);
        w.WriteString("interval", interval);
        w.WriteNumber("intervalNum", count);
        w.WriteNumber("limit", limit);
        w.WriteEndObject();
    }

    private static void Symbol(Utf8JsonWriter w, Listing listing, bool showPermissionSets)
    {
        w.WriteStartObject();
        w.WriteString("symbol", listing.Symbol);
        w.WriteString("status", "TRADING");
        w.WriteString("baseAsset", listing.BaseName);
        w.WriteNumber("baseAssetPrecision", 8);
        w.WriteString("quoteAsset", listing.Symbol[listing.BaseName.Length..]);
        w.WriteNumber("quotePrecision", 8);
        w.WriteNumber("quoteAssetPrecision", 8);
        w.WriteNumber("baseCommissionPrecision", 8);
        w.WriteNumber("quoteCommissionPrecision", 8);
        Strings(w, "orderTypes", orderTypes);
        foreach (var name in (ReadOnlySpan<string>)[
            "icebergAllowed", "ocoAllowed", "otoAllowed", "opoAllowed", "quoteOrderQtyMarketAllowed", "allowTrailingStop",
            "cancelReplaceAllowed", "amendAllowed", "pegInstructionsAllowed", "isSpotTradingAllowed", "isMarginTradingAllowed"]) w.WriteBoolean(name, true);
        Filters(w, listing);
        Strings(w, "permissions", []);
        w.WriteStartArray("permissionSets");
        if (showPermissionSets)
        {
            w.WriteStartArray();
            w.WriteStringValue("SPOT");
            w.WriteStringValue("MARGIN");
            w.WriteEndArray();
        }

        w.WriteEndArray();
        w.WriteString("defaultSelfTradePreventionMode", "EXPIRE_MAKER");
        Strings(w, "allowedSelfTradePreventionModes", preventionModes);
        w.WriteEndObject();
    }

    private static void Filters(Utf8JsonWriter w, Listing listing)
    {
        var (tick, step) = (Json.FixedText(1, listing.PriceDecimals, 8), Json.FixedText(1, listing.LotDecimals, 8));
        w.WriteStartArray("filters");
        Filter(w, "PRICE_FILTER", ("minPrice", tick), ("maxPrice", Json.FixedText(10_000_000 * (Int128)Math.Pow(10, Math.Max(0, 8 - listing.PriceDecimals)), 8, 8)), ("tickSize", tick));
        Filter(w, "LOT_SIZE", ("minQty", step), ("maxQty", Json.FixedText((Int128)1_000_000 * 9_000, listing.LotDecimals, 8)), ("stepSize", step));
        Filter(w, "ICEBERG_PARTS", ("limit", 100));
        Filter(w, "MARKET_LOT_SIZE", ("minQty", "0.00000000"), ("maxQty", Json.FixedText((Int128)1_000_000 * 90, listing.LotDecimals, 8)), ("stepSize", "0.00000000"));
        Filter(w, "TRAILING_DELTA", ("minTrailingAboveDelta", 10), ("maxTrailingAboveDelta", 2000), ("minTrailingBelowDelta", 10), ("maxTrailingBelowDelta", 2000));
        Filter(w, "PERCENT_PRICE_BY_SIDE", ("bidMultiplierUp", "5"), ("bidMultiplierDown", "0.2"), ("askMultiplierUp", "5"), ("askMultiplierDown", "0.2"), ("avgPriceMins", 5));
        Filter(w, "NOTIONAL", ("minNotional", "5.00000000"), ("applyMinToMarket", true), ("maxNotional", "9000000.00000000"), ("applyMaxToMarket", false), ("avgPriceMins", 5));
        Filter(w, "MAX_NUM_ORDERS", ("maxNumOrders", 200));
        Filter(w, "MAX_NUM_ORDER_LISTS", ("maxNumOrderLists", 20));
        Filter(w, "MAX_NUM_ALGO_ORDERS", ("maxNumAlgoOrders", 5));
        Filter(w, "MAX_NUM_ORDER_AMENDS", ("maxNumOrderAmends", 10));
        w.WriteEndArray();
    }

    private static void Filter(Utf8JsonWriter w, string type, params ReadOnlySpan<(string Name, object Value)> fields)
    {
        w.WriteStartObject();
        w.WriteString("filterType", type);
        foreach (var (name, value) in fields)
        {
            if (value is string text) w.WriteString(name, text);
            else if (value is bool flag) w.WriteBoolean(name, flag);
            else w.WriteNumber(name, (int)value);
        }

        w.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter w, string name, IEnumerable<string> values)
    {
        w.WriteStartArray(name);
        foreach (var value in values) w.WriteStringValue(value);
        w.WriteEndArray();
    }
}
