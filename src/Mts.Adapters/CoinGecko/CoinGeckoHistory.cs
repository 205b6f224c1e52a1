using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Mts.Core.Ports;
using Mts.Core.Quality;

namespace Mts.Adapters.CoinGecko;

/// <summary>CoinGecko's past: four-hour candles of the last 30 days, daily bars made of six of them, and price points beyond.</summary>
/// <remarks>The candles are made of averaged prices, not of trades; they have no volume.</remarks>
public sealed class CoinGeckoHistory(CoinGeckoClient client, CoinGeckoOptions options, AssetCatalog assets, TimeProvider clock, ILogger log) : IBarHistory, IPointHistory
{
    private const int LongestFourHourDays = 30;

    // A candle or point may have been taken from a cache of this age, made while it was still moving.
    private static readonly TimeSpan OhlcCache = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan ChartCache = TimeSpan.FromHours(12);

    public string Venue => CoinGeckoClient.ServiceName;

    public bool HasVolume => false;

    public IReadOnlyList<Interval> Intervals { get; } = [Interval.FourHours, Interval.Day];

    /// <inheritdoc/>
    /// <remarks>What lies before the last 30 days is a hole: only price points exist there.</remarks>
    public async IAsyncEnumerable<BarPage> FetchAsync(
        Symbol symbol, Interval interval, Timestamp from, Timestamp until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Intervals.Contains(interval)) throw new ConfigurationException($"coingecko: there are no {interval} bars, only {string.Join(" and ", Intervals)}.");
        var now = Timestamp.Now(clock);
        if (until <= now - TimeSpan.FromDays(LongestFourHourDays)) yield break;
        var days = CoinGeckoClient.OhlcDays.First(d => d >= 7 && (d == LongestFourHourDays || now - TimeSpan.FromDays(d) <= from));
        var answer = await client.OhlcAsync(CoinOf(symbol), CurrencyOf(symbol), days, cancellationToken);
        var bars = CoinGeckoParser.Ohlc(answer.Body.Span, Interval.FourHours, answer.Received - OhlcCache);
        if (interval == Interval.Day) bars = Days(symbol, bars);
        yield return new BarPage(
            [.. bars.Where(b => b.OpenTime >= from && b.OpenTime < until)], new Provenance(Venue, answer.Received, answer.Request, answer.Sha256));
    }

    /// <inheritdoc/>
    /// <remarks>Five-minute points for a day, hourly ones up to 90 days, daily ones beyond; the free plans end 365 days ago.</remarks>
    public async Task<PointPage> FetchPointsAsync(Asset asset, Timestamp from, Timestamp until, CancellationToken cancellationToken)
    {
        var now = Timestamp.Now(clock);
        if (until > now) until = now;
        var start = Served(from, until, now);
        var answer = await client.MarketChartRangeAsync(asset.CoinGeckoId, options.Currency, start, until, cancellationToken);
        var points = CoinGeckoParser.MarketChart(answer.Body.Span);
        // The value of a midnight is final whenever it is given; any other last point of a range that ends now is the live one.
        var live = until > now - ChartCache && points.Count > 0 && !Interval.Day.IsOnGrid(points[^1].Time);
        return new PointPage(
            [.. points.SkipLast(live ? 1 : 0).Where(p => p.Time >= start && p.Time < until).OrderBy(p => p.Time)],
            new Provenance(Venue, answer.Received, answer.Request, answer.Sha256));
    }

    private Timestamp Served(Timestamp from, Timestamp until, Timestamp now)
    {
        if (options.HistoryDays is not { } days) return from;
        // One minute inside the limit, which the service measures when the request arrives.
        var first = now - TimeSpan.FromDays(days) + TimeSpan.FromMinutes(1);
        if (first <= from) return from;
        if (first >= until)
        {
            throw new ApiException(
                Venue, $"the plan {options.EffectivePlan} serves the last {days} days; ask for {first.Date:yyyy-MM-dd} or later, or set sources.coingecko.plan to Pro.");
        }

        log.LogWarning("coingecko: the plan {Plan} serves the last {Days} days; points before {First} are not fetched", options.EffectivePlan, days, first);
        return first;
    }

    private static IReadOnlyList<Bar> Days(Symbol symbol, IReadOnlyList<Bar> fourHours)
    {
        var builder = new BarSeriesBuilder(fourHours.Count);
        foreach (var bar in fourHours) builder.Add(bar);
        var series = builder.Build(new SeriesKey(CoinGeckoClient.ServiceName, symbol, Interval.FourHours), hasVolume: false);
        var days = Resampler.Resample(series, Interval.Day).Series;
        return [.. Enumerable.Range(0, days.Length).Select(i => new Bar(new Timestamp(days.OpenTimes[i]), days.Opens[i], days.Highs[i], days.Lows[i], days.Closes[i], double.NaN))];
    }

    private string CoinOf(Symbol symbol) => assets.Find(symbol.Base).Asset.CoinGeckoId;

    private string CurrencyOf(Symbol symbol)
    {
        if (!symbol.IsPerpetual && symbol.Quote is not ("USDT" or "USDC" or "FDUSD" or "BUSD" or "TUSD" or "DAI")) return symbol.Quote.ToLowerInvariant();
        throw new ApiException(Venue, $"has no market {symbol}; it prices coins in currencies: ask for {symbol.Base}/USD.");
    }
}
