using System.Text.Json;
using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.Binance;

/// <summary>The futures' symbols with their filters; field names differ from spot's (MIN_NOTIONAL has notional).</summary>
internal static class UsdmExchangeInfo
{
    private static readonly string[] orderTypes = ["LIMIT", "MARKET", "STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET", "TRAILING_STOP_MARKET"];
    private static readonly string[] timesInForce = ["GTC", "IOC", "FOK", "GTX", "GTD"];

    public static byte[] Body(IReadOnlyList<Market> markets, long nowMs) => Json.Of(w =>
    {
        w.WriteStartObject();
        w.WriteString("timezone", "UTC");
        w.WriteNumber("serverTime", nowMs);
        w.WriteString("futuresType", "U_MARGINED");
        w.WriteStartArray("rateLimits");
        SpotExchangeInfo.RateLimit(w, "REQUEST_WEIGHT", "MINUTE", 1, 2400);
        SpotExchangeInfo.RateLimit(w, "ORDERS", "MINUTE", 1, 1200);
        SpotExchangeInfo.RateLimit(w, "ORDERS", "SECOND", 10, 300);
        w.WriteEndArray();
        w.WriteStartArray("exchangeFilters");
        w.WriteEndArray();
        w.WriteStartArray("assets");
        w.WriteStartObject();
        w.WriteString("asset", "USDT");
        w.WriteBoolean("marginAvailable", true);
        w.WriteString("autoAssetExchange", "-10000");
        w.WriteEndObject();
        w.WriteEndArray();
        w.WriteStartArray("symbols");
        foreach (var market in markets) Symbol(w, market.Listing);
        w.WriteEndArray();
        w.WriteEndObject();
    });

    private static void Symbol(Utf8JsonWriter w, Listing listing)
    {
        w.WriteStartObject();
        w.WriteString("symbol", listing.Symbol);
        w.WriteString("pair", listing.Symbol);
        w.WriteString("contractType", "PERPETUAL");
        w.WriteNumber("deliveryDate", 4_133_404_800_000);
        w.WriteNumber("onboardDate", listing.ListedMs);
        w.WriteString("status", "TRADING");
        w.WriteString("maintMarginPercent", "2.5000");
        w.WriteString("requiredMarginPercent", "5.0000");
        w.WriteString("baseAsset", listing.BaseName);
        w.WriteString("quoteAsset", listing.Symbol[listing.BaseName.Length..]);
        w.WriteString("marginAsset", listing.Symbol[listing.BaseName.Length..]);
        w.WriteNumber("pricePrecision", listing.PriceDecimals);
        w.WriteNumber("quantityPrecision", listing.LotDecimals);
        w.WriteNumber("baseAssetPrecision", 8);
        w.WriteNumber("quotePrecision", 8);
        w.WriteString("underlyingType", "COIN");
        Strings(w, "underlyingSubType", ["Layer-1"]);
        w.WriteNumber("settlePlan", 0);
        w.WriteString("triggerProtect", "0.0500");
        w.WriteString("liquidationFee", "0.012500");
        w.WriteString("marketTakeBound", "0.05");
        w.WriteNumber("maxMoveOrderLimit", 10000);
        Filters(w, listing);
        Strings(w, "orderTypes", orderTypes);
        Strings(w, "timeInForce", timesInForce);
        Strings(w, "permissionSets", ["GRID", "COPY"]);
        w.WriteEndObject();
    }

    private static void Filters(Utf8JsonWriter w, Listing listing)
    {
        var tick = Json.FixedText(1, listing.PriceDecimals, listing.PriceDecimals);
        var step = Json.FixedText(1, listing.LotDecimals, listing.LotDecimals);
        w.WriteStartArray("filters");
        Filter(w, "PRICE_FILTER", ("minPrice", tick), ("maxPrice", Json.FixedText(45_294_640, listing.PriceDecimals, -1)), ("tickSize", tick));
        Filter(w, "LOT_SIZE", ("stepSize", step), ("maxQty", Json.FixedText(1_000_000, listing.LotDecimals, -1)), ("minQty", step));
        Filter(w, "MARKET_LOT_SIZE", ("stepSize", step), ("maxQty", Json.FixedText(120_000, listing.LotDecimals, -1)), ("minQty", step));
        w.WriteStartObject();
        w.WriteNumber("limit", 200);
        w.WriteString("filterType", "MAX_NUM_ORDERS");
        w.WriteEndObject();
        Filter(w, "MIN_NOTIONAL", ("notional", listing.Coin.Ticker == "BTC" ? "100" : "5"));
        Filter(w, "POSITION_RISK_CONTROL", ("positionControlSide", "NONE"));
        Filter(w, "PERCENT_PRICE", ("multiplierDown", "0.9500"), ("multiplierUp", "1.0500"), ("multiplierDecimal", "4"));
        w.WriteEndArray();
    }

    private static void Filter(Utf8JsonWriter w, string type, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        w.WriteStartObject();
        foreach (var (name, value) in fields) w.WriteString(name, value);
        w.WriteString("filterType", type);
        w.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter w, string name, IEnumerable<string> values)
    {
        w.WriteStartArray(name);
        foreach (var value in values) w.WriteStringValue(value);
        w.WriteEndArray();
    }
}
