using System.Text.Json;
using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.Binance;

/// <summary>The market data of Binance USD-M futures. https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data</summary>
internal sealed class UsdmService(Exchange exchange, RateLimits limits)
    : BinanceService(exchange, Venue.BinanceUsdm, new BinanceLimits(limits.BinanceUsdmWeight, 2400, limits.BinancePatience))
{
    private const long Hour = Clock.Hour;
    private static readonly int[] depths = [5, 10, 20, 50, 100, 500, 1000];

    private readonly FixedWindow fundingCalls = new(limits.BinanceUsdmFunding, 5 * Clock.Minute);

    public override string Name => "usdm";

    protected override (int Weight, Func<BinanceQuery, Reply>? Answer) Route(SimRequest request) => request.Path switch
    {
        "/fapi/v1/ping" => (1, _ => BinanceRefusal.Ok("{}"u8.ToArray())),
        "/fapi/v1/time" => (1, q => BinanceRefusal.Ok(TimeBody(q, request.NowMs))),
        "/fapi/v1/exchangeInfo" => (1, _ => BinanceRefusal.Ok(UsdmExchangeInfo.Body(ListedAt(request.NowMs), request.NowMs))),
        "/fapi/v1/klines" => (LimitOf(request, 500) switch { < 100 => 1, < 500 => 2, <= 1000 => 5, _ => 10 }, q => Klines(q, request)),
        "/fapi/v1/depth" => (LimitOf(request, 500) switch { <= 50 => 2, <= 100 => 5, <= 500 => 10, _ => 20 }, q => Depth(q, request)),
        "/fapi/v1/aggTrades" => (20, q => AggTrades(q, request)),
        "/fapi/v1/trades" => (5, q => Trades(q, request)),
        "/fapi/v1/premiumIndex" => (request.Parameters["symbol"] is null ? 10 : 1, q => Premium(q, request)),
        "/fapi/v1/fundingRate" => (0, q => Limited(request) ?? UsdmFunding.Rates(q, ListedAt(request.NowMs), request.NowMs)),
        "/fapi/v1/fundingInfo" => (0, _ => Limited(request) ?? UsdmFunding.Info(ListedAt(request.NowMs))),
        "/fapi/v1/ticker/price" or "/fapi/v2/ticker/price" => (request.Parameters["symbol"] is null ? 2 : 1, q => Prices(q, request)),
        _ => (1, null),
    };

    private Reply? Limited(SimRequest request)
    {
        var (_, isOver, endMs) = fundingCalls.Take(request.Client, 1, request.NowMs);
        return isOver ? TooManyRequests(request.NowMs, FixedWindow.SecondsUntil(endMs, request.NowMs), 0) : null;
    }

    private static Reply Klines(BinanceQuery query, SimRequest request)
    {
        query.Allow("symbol", "interval", "startTime", "endTime", "limit");
        return BinanceMarketData.Klines(query, request.NowMs, 500, 1500);
    }

    private static Reply Depth(BinanceQuery query, SimRequest request)
    {
        query.Allow("symbol", "limit");
        var market = query.Market();
        var limit = query.Limit(500, 1000);
        if (!depths.Contains(limit)) throw BinanceRefusal.Bad(-4021, $"{limit} is not valid depth limit.");
        var book = Book.Of(market, limit, request.NowMs);
        return BinanceRefusal.Ok(Json.Of(w =>
        {
            w.WriteStartObject();
            w.WriteNumber("lastUpdateId", book.UpdateId);
            w.WriteNumber("E", request.NowMs);
            w.WriteNumber("T", request.NowMs - 13);
            BinanceMarketData.Levels(w, "bids", book.Bids, market.Listing, isSpot: false);
            BinanceMarketData.Levels(w, "asks", book.Asks, market.Listing, isSpot: false);
            w.WriteEndObject();
        }));
    }

    private static Reply Trades(BinanceQuery query, SimRequest request)
    {
        query.Allow("symbol", "limit");
        return BinanceMarketData.Trades(query, request.NowMs);
    }

    private static Reply AggTrades(BinanceQuery query, SimRequest request)
    {
        query.Allow("symbol", "fromId", "startTime", "endTime", "limit");
        var market = query.Market();
        var limit = query.Limit(500, 1000);
        var (id, from, to) = (query.Number("fromId"), query.Time("startTime"), query.Time("endTime"));
        if (from is { } a && to is { } b && b - a >= Hour) throw BinanceRefusal.Bad(-4166, "Search window is restricted to recent 1 hour only.");
        // Only the last two days can be asked for.
        var oldest = request.NowMs - (48 * Hour);
        var trades = id is { } first ? [.. market.TradesFrom(first, limit, request.NowMs).Where(t => t.TimeMs >= oldest)]
            : from is { } start ? market.Trades(Math.Max(start, oldest), to ?? long.MaxValue, limit, request.NowMs)
            : market.NewestTrades(to ?? long.MaxValue, limit, request.NowMs);
        return BinanceMarketData.AggTrades(query, trades, market.Listing);
    }

    private Reply Premium(BinanceQuery query, SimRequest request)
    {
        query.Allow("symbol");
        var one = query.OptionalMarket();
        return BinanceRefusal.Ok(Json.Of(w =>
        {
            if (one is not null)
            {
                UsdmFunding.Premium(w, one, Exchange, request.NowMs);
                return;
            }

            w.WriteStartArray();
            foreach (var market in ListedAt(request.NowMs)) UsdmFunding.Premium(w, market, Exchange, request.NowMs);
            w.WriteEndArray();
        }));
    }

    private Reply Prices(BinanceQuery query, SimRequest request)
    {
        query.Allow("symbol");
        var one = query.OptionalMarket();
        return BinanceRefusal.Ok(Json.Of(w =>
        {
            if (one is null) w.WriteStartArray();
            foreach (var market in one is null ? ListedAt(request.NowMs) : [one]) Price(w, market, request.NowMs);
            if (one is null) w.WriteEndArray();
        }));
    }

    private static void Price(Utf8JsonWriter w, Market market, long nowMs)
    {
        w.WriteStartObject();
        w.WriteString("symbol", market.Listing.Symbol);
        w.Fixed("price", market.LastPrice(nowMs), market.Listing.PriceDecimals, market.Listing.PriceDecimals);
        w.WriteNumber("time", nowMs);
        w.WriteEndObject();
    }
}
