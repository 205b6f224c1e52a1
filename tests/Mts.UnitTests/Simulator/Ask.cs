using System.Text;
using System.Text.Json;
using Mts.Simulator;
using Mts.Simulator.Binance;
using Mts.Simulator.Bybit;
using Mts.Simulator.CoinGecko;
using Mts.Simulator.Fred;
using Mts.Simulator.Http;
using Mts.Simulator.Macro;
using Mts.Simulator.Model;

namespace Mts.UnitTests.Simulator;

/// <summary>The services of one simulation, asked without sockets.</summary>
internal sealed class Ask(RateLimits? limits = null, Exchange? exchange = null)
{
    public static readonly Exchange Shared = new(7, new Dictionary<string, FileCandles>());

    private readonly Exchange market = exchange ?? Shared;
    private readonly SimulatorOptions options = new() { Seed = 7, Limits = limits ?? RateLimits.None };

    /// <summary>A Sunday, 13:37:42 UTC.</summary>
    public static long Now { get; } = Ms("2026-11-22T13:37:42.5Z");

    public IService Spot => field ??= new SpotService(market, options.Limits);

    public IService Usdm => field ??= new UsdmService(market, options.Limits);

    public IService Bybit => field ??= new BybitService(market, options.Limits);

    public IService CoinGecko => field ??= new CoinGeckoService(market, options, isPro: false);

    public IService CoinGeckoPro => field ??= new CoinGeckoService(market, options, isPro: true);

    public IService Fred => field ??= new FredService(new MacroModel(market.Weather, 7), options);

    public static long Ms(string time) => DateTimeOffset.Parse(time).ToUnixTimeMilliseconds();

    public static Reply Reply(IService service, string url, long? nowMs = null, params (string Name, string Value)[] headers)
    {
        var parts = url.Split('?', 2);
        return service.Answer(new SimRequest(parts[0], parts.Length > 1 ? parts[1] : "", nowMs ?? Now)
        {
            Header = name => Array.Find(headers, h => string.Equals(h.Name, name, StringComparison.OrdinalIgnoreCase)).Value,
        });
    }

    public static string Text(Reply reply) => Encoding.UTF8.GetString(reply.Body);

    /// <summary>The body of an answer that must be well.</summary>
    public static JsonElement Json(IService service, string url, long? nowMs = null, params (string Name, string Value)[] headers)
    {
        var reply = Reply(service, url, nowMs, headers);
        reply.Status.ShouldBe(200, Text(reply));
        return JsonDocument.Parse(reply.Body).RootElement;
    }

    public static string? Header(Reply reply, string name) => reply.Headers.Find(h => string.Equals(h.Name, name, StringComparison.OrdinalIgnoreCase)).Value;

    public static string FredUrl(string path, string query) => $"/fred/{path}?{query}&file_type=json&api_key={SimulatorOptions.DefaultFredKey}";
}
