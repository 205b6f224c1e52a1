using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.CoinGecko;

/// <summary>CoinGecko's API v3, as the public host (keyless or demo key) or as the pro host. https://docs.coingecko.com/reference/endpoint-overview</summary>
internal sealed class CoinGeckoService : IService
{
    private readonly bool isPro;
    private readonly SimulatorOptions options;
    private readonly FixedWindow keyless;
    private readonly FixedWindow keyed;
    private readonly PriceEndpoints priceEndpoints;
    private readonly ChartEndpoints charts;

    public CoinGeckoService(Exchange exchange, SimulatorOptions options, bool isPro)
    {
        this.isPro = isPro;
        this.options = options;
        keyless = new FixedWindow(options.Limits.CoinGeckoKeyless, Clock.Minute);
        keyed = new FixedWindow(isPro ? options.Limits.CoinGeckoPro : options.Limits.CoinGeckoDemo, Clock.Minute);
        var prices = new VendorPrices(exchange);
        priceEndpoints = new PriceEndpoints(prices);
        charts = new ChartEndpoints(prices, isPro);
    }

    public string Name => isPro ? "coingecko-pro" : "coingecko";

    public Reply Answer(SimRequest request)
    {
        var demo = request.Header("x-cg-demo-api-key") ?? request.Parameters["x_cg_demo_api_key"];
        var pro = request.Header("x-cg-pro-api-key") ?? request.Parameters["x_cg_pro_api_key"];
        if (BadKey(demo, pro, request.NowMs) is { } refusal) return refusal;

        var (_, isOver, endMs) = (demo ?? pro) is null ? keyless.Take(request.Client, 1, request.NowMs) : keyed.Take(demo ?? pro ?? "", 1, request.NowMs);
        if (isOver) return TooManyRequests(request.NowMs, FixedWindow.SecondsUntil(endMs, request.NowMs), 0);
        try
        {
            return Route(request);
        }
        catch (RefusalException e)
        {
            return e.Reply;
        }
    }

    public Reply TooManyRequests(long nowMs, int? retryAfterSeconds, int variant) => CoinGeckoErrors.TooManyRequests(retryAfterSeconds, variant);

    public Reply ServerError(int status, long nowMs) => Reply.Text(status, "application/json; charset=UTF-8", $$"""{"status":{{status}},"error":"Internal Server Error"}""");

    private Reply? BadKey(string? demo, string? pro, long nowMs)
    {
        const string Missing = "API Key Missing. Please make sure you're using the right authentication method. For Pro API, please visit: https://docs.coingecko.com/reference/authentication. For Public/Demo API, please visit: https://docs.coingecko.com/v3.0.1/reference/authentication.";
        if (!isPro && (pro is not null || demo == options.CoinGeckoProKey))
        {
            return CoinGeckoErrors.Status(400, 10010, "If you are using Pro API key, please change your root URL from api.coingecko.com to pro-api.coingecko.com", nowMs);
        }

        if (isPro && (demo is not null || pro == options.CoinGeckoDemoKey))
        {
            return CoinGeckoErrors.Wrapped(400, 10011, "If you are using Demo API key, please change your root URL from pro-api.coingecko.com to api.coingecko.com", nowMs);
        }

        if (isPro) return pro == options.CoinGeckoProKey ? null : CoinGeckoErrors.Status(401, 10002, Missing, nowMs);
        return demo is null || demo == options.CoinGeckoDemoKey ? null : CoinGeckoErrors.Status(401, 10002, Missing, nowMs);
    }

    private Reply Route(SimRequest request)
    {
        // The address of the service may be given with or without its prefix.
        var path = request.Path.StartsWith("/api/v3/", StringComparison.Ordinal) ? request.Path[7..] : request.Path;
        path = path.TrimEnd('/');
        if (path == "/ping") return CoinGeckoErrors.Ok(w => { w.WriteStartObject(); w.WriteString("gecko_says", "(V3) To the Moon!"); w.WriteEndObject(); });
        if (path == "/simple/price") return priceEndpoints.Simple(request);
        if (path == "/simple/supported_vs_currencies") return PriceEndpoints.Currencies();
        if (path == "/coins/list") return PriceEndpoints.List(request);
        if (path == "/coins/markets") return priceEndpoints.Markets(request);
        if (path.Split('/') is ["", "coins", var id, .. var rest])
        {
            switch (rest)
            {
                case ["ohlc"]: return charts.Ohlc(Known(id, request.NowMs), request);
                case ["market_chart"]: return charts.Chart(Known(id, request.NowMs), request);
                case ["market_chart", "range"]: return charts.Range(Known(id, request.NowMs), request);
            }
        }

        return CoinGeckoErrors.Plain(404, "Incorrect path. Please check https://www.coingecko.com/api/");
    }

    private static Coin Known(string id, long nowMs) => VendorPrices.Find(id, nowMs) ?? throw CoinGeckoErrors.NotFound();
}
