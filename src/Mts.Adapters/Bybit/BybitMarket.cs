using System.Globalization;
using Mts.Adapters.Http;
using Mts.Adapters.Venues;
using Mts.Core.Ports;

namespace Mts.Adapters.Bybit;

/// <summary>Bybit's v5 REST host, endpoint by endpoint.</summary>
public sealed class BybitMarket : IServiceProbe
{
    private const int MostLevels = 1_000;
    private const int MostTrades = 1_000;
    private const int MostSpotTrades = 60;

    private readonly ServiceClient client;
    private readonly VenueClock venueClock;

    internal BybitMarket(BybitOptions options, ServiceClient client, TimeProvider clock)
    {
        (Options, this.client) = (options, client);
        venueClock = new VenueClock(GetTimeAsync, clock);
        Intervals = [.. options.Intervals.Keys.Select(Interval.Parse)];
    }

    public string Service => client.Name;

    internal BybitOptions Options { get; }

    internal IReadOnlyList<Interval> Intervals { get; }

    public async Task<Timestamp?> ProbeAsync(CancellationToken cancellationToken) => await GetTimeAsync(cancellationToken);

    /// <summary>Up to <paramref name="levels"/> (1 to 1000) levels on each side.</summary>
    /// <exception cref="ApiException">The venue failed after the retries, or does not list the market.</exception>
    public async Task<DepthSnapshot> GetDepthAsync(Symbol symbol, int levels, CancellationToken cancellationToken)
    {
        var answer = await GetDepthBodyAsync(symbol, levels, cancellationToken);
        return BybitParser.ParseOrderBook(answer.Body.Span, symbol, BybitNames.SymbolOf(symbol));
    }

    /// <summary>Last price and best quotes; for a perpetual its mark price too.</summary>
    public async Task<(Ticker Ticker, MarkPrice? Mark)> GetTickerAsync(Symbol symbol, CancellationToken cancellationToken)
    {
        var answer = await AskAsync("tickers", cancellationToken, [.. Market(symbol)]);
        return BybitParser.ParseTicker(answer.Body.Span, symbol, BybitNames.SymbolOf(symbol));
    }

    /// <summary>The venue's time, never ahead of it.</summary>
    internal ValueTask<Timestamp> NowAsync(CancellationToken cancellationToken) => venueClock.NowAsync(cancellationToken);

    internal Task<ServiceResponse> GetDepthBodyAsync(Symbol symbol, int levels, CancellationToken cancellationToken) =>
        AskAsync("orderbook", cancellationToken, [.. Market(symbol), ("limit", Text(Math.Clamp(levels, 1, MostLevels)))]);

    /// <summary>The newest trades; the venue serves none by id.</summary>
    internal Task<ServiceResponse> GetTradesBodyAsync(Symbol symbol, CancellationToken cancellationToken) =>
        AskAsync("recent-trade", cancellationToken, [.. Market(symbol), ("limit", Text(symbol.IsPerpetual ? MostTrades : MostSpotTrades))]);

    /// <summary>One-minute bars, a page from an open time on; the newest where it is null.</summary>
    internal Task<ServiceResponse> GetMinutesBodyAsync(Symbol symbol, Timestamp? from, CancellationToken cancellationToken)
    {
        var limit = Options.BarsPerPage;
        // Where more bars match than a page holds the venue gives the newest.
        (string, string)[] range = from is { } time ? [("start", First(time)), ("end", First(time + (Interval.Minute.Length * (limit - 1))))] : [];
        return AskAsync("kline", cancellationToken, [.. Market(symbol), ("interval", Options.Intervals["1m"]), .. range, ("limit", Text(limit))]);
    }

    internal async Task<(List<Bar> Bars, ServiceResponse Answer)> GetBarsAsync(
        Symbol symbol, Interval interval, Timestamp from, Timestamp until, CancellationToken cancellationToken)
    {
        var answer = await AskAsync("kline", cancellationToken,
            [.. Market(symbol), ("interval", Options.Intervals[interval.ToString()]), ("start", First(from)), ("end", Last(until)), ("limit", Text(Options.BarsPerPage))]);
        var bars = BybitParser.ParseKlines(answer.Body.Span, BybitNames.CategoryOf(symbol), BybitNames.SymbolOf(symbol));
        BarPageRules.Check(bars, interval, from, until, answer);
        return (bars, answer);
    }

    internal async Task<(List<FundingRate> Rates, ServiceResponse Answer)> GetFundingRatesAsync(
        Symbol symbol, Timestamp from, Timestamp until, CancellationToken cancellationToken)
    {
        var answer = await AskAsync("funding/history", cancellationToken,
            [.. Market(symbol), ("startTime", First(from)), ("endTime", Last(until)), ("limit", Text(Options.RatesPerPage))]);
        var rates = BybitParser.ParseFundingRates(answer.Body.Span, BybitNames.SymbolOf(symbol));
        FundingPageRules.Check(rates, from, until, answer);
        return (rates, answer);
    }

    internal async Task<InstrumentPage> GetInstrumentsAsync(string category, string? cursor, CancellationToken cancellationToken)
    {
        (string, string)[] at = cursor is null ? [] : [("cursor", cursor)];
        var answer = await AskAsync("instruments-info", cancellationToken, [("category", category), ("limit", Text(Options.InstrumentsPerPage)), .. at]);
        return BybitParser.ParseInstruments(answer.Body.Span, category);
    }

    internal Task<ServiceResponse> GetTimeBodyAsync(CancellationToken cancellationToken) => AskAsync("time", cancellationToken);

    private async Task<Timestamp> GetTimeAsync(CancellationToken cancellationToken)
    {
        var answer = await GetTimeBodyAsync(cancellationToken);
        return BybitParser.ParseTime(answer.Body.Span);
    }

    private Task<ServiceResponse> AskAsync(string endpoint, CancellationToken cancellationToken, params (string, string)[] query) =>
        client.GetAsync($"/v5/market/{endpoint}", query, 1, cancellationToken);

    private static (string, string)[] Market(Symbol symbol) => [("category", BybitNames.CategoryOf(symbol)), ("symbol", BybitNames.SymbolOf(symbol))];

    private static string First(Timestamp from) => Text(PageRange.UpToMillisecond(from).UnixMilliseconds);

    private static string Last(Timestamp until) => Text(PageRange.LastMillisecondBefore(until));

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
