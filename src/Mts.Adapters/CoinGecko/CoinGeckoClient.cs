using System.Globalization;
using Mts.Adapters.Http;
using Mts.Core.Ports;

namespace Mts.Adapters.CoinGecko;

/// <summary>CoinGecko's REST interface, version 3; each call costs one request of the plan's budget.</summary>
/// <remarks>https://docs.coingecko.com/reference/introduction. The free plans want "Data provided by CoinGecko" shown beside the data.</remarks>
public sealed class CoinGeckoClient(ServiceClient service) : IServiceProbe
{
    public const string ServiceName = "coingecko";

    // The most that the documentation allows.
    private const int MarketsPerPage = 250;

    /// <summary>Days for which <c>ohlc</c> answers at all; another number is refused by the service.</summary>
    public static IReadOnlyList<int> OhlcDays { get; } = [1, 7, 14, 30, 90, 180, 365];

    public string Service => ServiceName;

    /// <summary>Asks for a sign of life; CoinGecko tells no time.</summary>
    public async Task<Timestamp?> ProbeAsync(CancellationToken cancellationToken)
    {
        var answer = await service.GetAsync("/ping", [], 1, cancellationToken);
        return CoinGeckoParser.IsGreeting(answer.Body.Span)
            ? null
            : throw new DataValidationException($"coingecko: ping answered without 'gecko_says'; is {answer.Request} CoinGecko?");
    }

    /// <returns>Prices of those of the coins that have one; unknown ids are missing.</returns>
    public async Task<IReadOnlyList<CoinPrice>> SimplePriceAsync(IReadOnlyList<string> coinIds, string currency, CancellationToken cancellationToken)
    {
        (string, string)[] query =
        [
            ("ids", string.Join(',', coinIds)), ("vs_currencies", currency), ("include_24hr_vol", "true"), ("include_last_updated_at", "true"), ("precision", "full"),
        ];
        var answer = await service.GetAsync("/simple/price", query, 1, cancellationToken);
        return CoinGeckoParser.SimplePrice(answer.Body.Span, currency);
    }

    /// <returns>Every coin, about 17,000; keep it for a day.</returns>
    public async Task<IReadOnlyList<CoinName>> CoinsListAsync(CancellationToken cancellationToken)
    {
        var answer = await service.GetAsync("/coins/list", [], 1, cancellationToken);
        return CoinGeckoParser.CoinsList(answer.Body.Span);
    }

    /// <param name="count">How many of the largest coins.</param>
    /// <param name="currency">What they are priced in.</param>
    /// <param name="cancellationToken">Stops between pages.</param>
    /// <returns>Largest first, each coin once although ranks may move between two pages.</returns>
    public async Task<IReadOnlyList<CoinMarket>> MarketsAsync(int count, string currency, CancellationToken cancellationToken)
    {
        var coins = new List<CoinMarket>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var perPage = Math.Clamp(count, 1, MarketsPerPage);
        for (var page = 1; coins.Count < count; page++)
        {
            (string, string)[] query = [("vs_currency", currency), ("order", "market_cap_desc"), ("per_page", Text(perPage)), ("page", Text(page))];
            var answer = await service.GetAsync("/coins/markets", query, 1, cancellationToken);
            var rows = CoinGeckoParser.Markets(answer.Body.Span);
            var before = coins.Count;
            coins.AddRange(rows.Where(r => seen.Add(r.Name.Id)));
            if (coins.Count == before || rows.Count < perPage) break;
        }

        return [.. coins.Take(count)];
    }

    /// <param name="coinId">CoinGecko's id.</param>
    /// <param name="currency">Lower case.</param>
    /// <param name="days">One of <see cref="OhlcDays"/>: 1 gives half-hour candles, 7 to 30 four-hour ones, more four-day ones.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    public Task<ServiceResponse> OhlcAsync(string coinId, string currency, int days, CancellationToken cancellationToken)
    {
        if (!OhlcDays.Contains(days)) throw new ArgumentOutOfRangeException(nameof(days), days, $"must be one of {string.Join(' ', OhlcDays)}");
        return service.GetAsync($"/coins/{Uri.EscapeDataString(coinId)}/ohlc", [("vs_currency", currency), ("days", Text(days))], 1, cancellationToken);
    }

    /// <param name="coinId">CoinGecko's id.</param>
    /// <param name="currency">Lower case.</param>
    /// <param name="days">1 gives a point every five minutes, 2 to 90 every hour, more every day at 00:00 UTC; the last point is the live value.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    public Task<ServiceResponse> MarketChartAsync(string coinId, string currency, int days, CancellationToken cancellationToken) =>
        service.GetAsync($"/coins/{Uri.EscapeDataString(coinId)}/market_chart", [("vs_currency", currency), ("days", Text(days))], 1, cancellationToken);

    /// <summary>As <see cref="MarketChartAsync"/>, between two moments (sent as seconds although the answer counts milliseconds).</summary>
    public Task<ServiceResponse> MarketChartRangeAsync(string coinId, string currency, Timestamp from, Timestamp until, CancellationToken cancellationToken)
    {
        (string, string)[] query = [("vs_currency", currency), ("from", Text(from.Micros / Timestamp.MicrosPerSecond)), ("to", Text(until.Micros / Timestamp.MicrosPerSecond))];
        return service.GetAsync($"/coins/{Uri.EscapeDataString(coinId)}/market_chart/range", query, 1, cancellationToken);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
