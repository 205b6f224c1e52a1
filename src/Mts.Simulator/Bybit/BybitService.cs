using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.Bybit;

/// <summary>The market data of Bybit v5. https://bybit-exchange.github.io/docs/v5/market/kline</summary>
internal sealed class BybitService(Exchange exchange, RateLimits limits) : IService
{
    private const long BanMs = 10 * Clock.Minute;

    private readonly FixedWindow byAddress = new(limits.BybitPerFiveSeconds, 5 * Clock.Second);
    private readonly FixedWindow byPath = new(limits.BybitPerSecondAndPath, Clock.Second);
    private readonly Dictionary<string, long> bannedUntil = [];
    private readonly Lock gate = new();

    public string Name => "bybit";

    public Reply Answer(SimRequest request)
    {
        if (IsBanned(request.Client, request.NowMs)) return Forbidden();
        var (used, isOver, endMs) = byPath.Take($"{request.Client} {request.Path}", 1, request.NowMs);
        var reply = isOver ? BybitEnvelope.Error(10006, "Too many visits. Exceeded the API Rate Limit.", request.NowMs) : Route(request);
        if (limits.BybitPerSecondAndPath > 0)
        {
            reply.With("X-Bapi-Limit", limits.BybitPerSecondAndPath.ToString())
                .With("X-Bapi-Limit-Status", Math.Max(0, limits.BybitPerSecondAndPath - used).ToString())
                .With("X-Bapi-Limit-Reset-Timestamp", (isOver ? endMs : request.NowMs).ToString());
        }

        return reply;
    }

    public Reply TooManyRequests(long nowMs, int? retryAfterSeconds, int variant)
    {
        var reply = variant % 2 == 0
            ? BybitEnvelope.Error(10006, "Too many visits. Exceeded the API Rate Limit.", nowMs).With("X-Bapi-Limit-Status", "0").With("X-Bapi-Limit-Reset-Timestamp", (nowMs + 1_000).ToString())
            : BybitEnvelope.Error(10429, "System level frequency protection", nowMs, status: 429);
        return retryAfterSeconds is { } seconds && reply.Status == 429 ? reply.With("Retry-After", seconds.ToString()) : reply;
    }

    public Reply ServerError(int status, long nowMs) =>
        status == 500 ? BybitEnvelope.Error(10016, "Internal server error", nowMs) : Reply.Text(status, "text/html", $"<html><head><title>{status}</title></head><body><center><h1>{status}</h1></center></body></html>");

    private static Reply Forbidden() => Reply.Text(403, "text/plain", "access too frequent");

    private bool IsBanned(string client, long nowMs)
    {
        lock (gate)
        {
            if (bannedUntil.GetValueOrDefault(client) > nowMs) return true;
            if (!byAddress.Take(client, 1, nowMs).IsOver) return false;
            bannedUntil[client] = nowMs + BanMs;
            return true;
        }
    }

    private Reply Route(SimRequest request)
    {
        var query = new BybitQuery(request, exchange);
        try
        {
            return request.Path switch
            {
                "/v5/market/time" => BybitMarket.Time(query),
                "/v5/market/kline" => BybitMarket.Klines(query),
                "/v5/market/instruments-info" => BybitInstruments.Answer(query),
                "/v5/market/orderbook" => BybitMarket.Book(query),
                "/v5/market/tickers" => BybitTickers.Answer(query, exchange),
                "/v5/market/funding/history" => BybitMarket.Funding(query),
                "/v5/market/recent-trade" => BybitMarket.Trades(query),
                _ => Reply.Text(404, "text/plain", "404 page not found"),
            };
        }
        catch (RefusalException refusal)
        {
            return refusal.Reply;
        }
    }
}
