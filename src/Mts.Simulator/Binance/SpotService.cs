using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.Binance;

/// <summary>The market data of Binance spot. https://developers.binance.com/docs/binance-spot-api-docs/rest-api/market-data-endpoints</summary>
internal sealed class SpotService(Exchange exchange, RateLimits limits)
    : BinanceService(exchange, Venue.BinanceSpot, new BinanceLimits(limits.BinanceSpotWeight, 6000, limits.BinancePatience))
{
    public override string Name => "binance";

    protected override (int Weight, Func<BinanceQuery, Reply>? Answer) Route(SimRequest request) => request.Path switch
    {
        "/api/v3/ping" => (1, q => Ping(q)),
        "/api/v3/time" => (1, q => Time(q, request)),
        "/api/v3/exchangeInfo" => (20, q => Info(q, request)),
        "/api/v3/klines" or "/api/v3/uiKlines" => (2, q => Klines(q, request)),
        "/api/v3/depth" => (LimitOf(request, 100) switch { <= 100 => 5, <= 500 => 25, <= 1000 => 50, _ => 250 }, q => Depth(q, request)),
        "/api/v3/aggTrades" => (4, q => AggTrades(q, request)),
        "/api/v3/trades" => (25, q => Trades(q, request, "symbol", "limit")),
        "/api/v3/historicalTrades" => (25, q => Trades(q, request, "symbol", "limit", "fromId")),
        "/api/v3/avgPrice" => (2, q => SpotTickers.Average(q, request.NowMs)),
        "/api/v3/ticker/price" => (One(request) ? 2 : 4, q => SpotTickers.Prices(q, ListedAt(request.NowMs), request.NowMs)),
        "/api/v3/ticker/bookTicker" => (One(request) ? 2 : 4, q => SpotTickers.Books(q, ListedAt(request.NowMs), request.NowMs)),
        "/api/v3/ticker/24hr" => (DayWeight(request), q => SpotTickers.Days(q, ListedAt(request.NowMs), request.NowMs)),
        _ => (1, null),
    };

    private static bool One(SimRequest request) => request.Parameters["symbol"] is not null;

    private static int DayWeight(SimRequest request) => One(request) ? 2 : request.Parameters["symbols"]?.Count(c => c == ',') switch { null => 80, < 20 => 2, < 100 => 40, _ => 80 };

    private static Reply Ping(BinanceQuery query)
    {
        query.Allow();
        return BinanceRefusal.Ok("{}"u8.ToArray());
    }

    private static Reply Time(BinanceQuery query, SimRequest request)
    {
        query.Allow();
        return BinanceRefusal.Ok(TimeBody(query, request.NowMs));
    }

    private Reply Info(BinanceQuery query, SimRequest request)
    {
        query.Allow("symbol", "symbols", "permissions", "symbolStatus", "showPermissionSets");
        var markets = query.OptionalMarket() is { } one ? [one] : query.Markets() ?? ListedAt(request.NowMs);
        if (request.Parameters["symbolStatus"] is { } status)
        {
            if (status is not ("TRADING" or "HALT" or "BREAK")) throw BinanceRefusal.Bad(-1122, "Invalid symbolStatus.");
            if (status != "TRADING") markets = [];
        }

        return BinanceRefusal.Ok(SpotExchangeInfo.Body(markets, request.NowMs, request.Parameters["showPermissionSets"] != "false"));
    }

    private static Reply Klines(BinanceQuery query, SimRequest request)
    {
        query.Allow("symbol", "interval", "startTime", "endTime", "timeZone", "limit");
        return BinanceMarketData.Klines(query, request.NowMs, 500, 1000);
    }

    private static Reply Depth(BinanceQuery query, SimRequest request)
    {
        query.Allow("symbol", "limit", "symbolStatus");
        var market = query.Market();
        var book = Book.Of(market, query.Limit(100, 5000), request.NowMs);
        return BinanceRefusal.Ok(Json.Of(w =>
        {
            w.WriteStartObject();
            w.WriteNumber("lastUpdateId", book.UpdateId);
            BinanceMarketData.Levels(w, "bids", book.Bids, market.Listing, isSpot: true);
            BinanceMarketData.Levels(w, "asks", book.Asks, market.Listing, isSpot: true);
            w.WriteEndObject();
        }));
    }

    private static Reply Trades(BinanceQuery query, SimRequest request, params ReadOnlySpan<string> names)
    {
        query.Allow(names);
        return BinanceMarketData.Trades(query, request.NowMs);
    }

    private static Reply AggTrades(BinanceQuery query, SimRequest request)
    {
        query.Allow("symbol", "fromId", "startTime", "endTime", "limit");
        var market = query.Market();
        var limit = query.Limit(500, 1000);
        var (id, from, to) = (query.Number("fromId"), query.Time("startTime"), query.Time("endTime"));
        if (id is not null && (from ?? to) is not null) throw BinanceRefusal.Bad(-1128, "Combination of optional parameters invalid.");
        var trades = id is { } first ? market.TradesFrom(first, limit, request.NowMs)
            : from is { } start ? market.Trades(start, to ?? long.MaxValue, limit, request.NowMs)
            : market.NewestTrades(to ?? long.MaxValue, limit, request.NowMs);
        return BinanceMarketData.AggTrades(query, trades, market.Listing);
    }
}
