using System.Globalization;
using Mts.Adapters.Http;
using Mts.Adapters.Venues;
using Mts.Core.Ports;

namespace Mts.Adapters.Binance;

/// <summary>One of Binance's REST hosts, endpoint by endpoint.</summary>
public sealed class BinanceMarket : IServiceProbe
{
    internal const string FundingBudget = "funding";

    private readonly ServiceClient client;
    private readonly VenueClock venueClock;

    internal BinanceMarket(BinanceMarketOptions options, ServiceClient client, TimeProvider clock)
    {
        (Options, this.client) = (options, client);
        venueClock = new VenueClock(GetTimeAsync, clock);
        Intervals = [.. options.Intervals.Select(Interval.Parse)];
    }

    public string Service => client.Name;

    /// <summary>What of the host's budget is used.</summary>
    public WeightLimiter Limiter => client.Limiter;

    internal BinanceMarketOptions Options { get; }

    internal IReadOnlyList<Interval> Intervals { get; }

    public async Task<Timestamp?> ProbeAsync(CancellationToken cancellationToken) => await GetTimeAsync(cancellationToken);

    /// <summary>At least so many levels on each side, where there are; the venue serves fixed numbers, and the next larger one is asked for.</summary>
    /// <exception cref="ApiException">The venue failed after the retries, or does not list the market.</exception>
    public async Task<DepthSnapshot> GetDepthAsync(Symbol symbol, int levels, CancellationToken cancellationToken)
    {
        var answer = await GetDepthBodyAsync(symbol, levels, cancellationToken);
        return BinanceParser.ParseDepth(answer.Body.Span, symbol);
    }

    /// <summary>Up to 1000 trades from <paramref name="firstId"/> on, oldest first; the newest where it is null.</summary>
    public async Task<IReadOnlyList<AggTrade>> GetTradesAsync(Symbol symbol, long? firstId, CancellationToken cancellationToken)
    {
        var answer = await GetTradesBodyAsync(symbol, firstId, cancellationToken);
        var trades = BinanceParser.ParseAggTrades(answer.Body.Span);
        return trades.Count > 0 && trades[0].Id < firstId
            ? throw BarPageRules.Refused(answer, $"trade {trades[0].Id} lies before {firstId}, from which on trades were asked for")
            : trades;
    }

    /// <exception cref="ConfigurationException">The market is no perpetual.</exception>
    public async Task<MarkPrice> GetMarkPriceAsync(Symbol symbol, CancellationToken cancellationToken)
    {
        var answer = await AskAsync("premiumIndex", FundingOptions(symbol).PremiumIndexWeight, cancellationToken, ("symbol", symbol.Compact));
        return BinanceParser.ParsePremiumIndex(answer.Body.Span, symbol);
    }

    /// <summary>The venue's time, never ahead of it.</summary>
    internal ValueTask<Timestamp> NowAsync(CancellationToken cancellationToken) => venueClock.NowAsync(cancellationToken);

    internal Task<ServiceResponse> GetDepthBodyAsync(Symbol symbol, int levels, CancellationToken cancellationToken)
    {
        var tier = WeightTier.For(Options.Weights.Depth, levels);
        return AskAsync("depth", tier.Weight, cancellationToken, ("symbol", symbol.Compact), ("limit", Text(tier.UpTo)));
    }

    internal Task<ServiceResponse> GetTradesBodyAsync(Symbol symbol, long? firstId, CancellationToken cancellationToken)
    {
        (string, string)[] from = firstId is { } id ? [("fromId", Text(id))] : [];
        return AskAsync("aggTrades", Options.Weights.AggTrades, cancellationToken, [("symbol", symbol.Compact), .. from, ("limit", "1000")]);
    }

    /// <summary>One-minute bars from an open time on; the newest where it is null.</summary>
    internal Task<ServiceResponse> GetMinutesBodyAsync(Symbol symbol, Timestamp? from, CancellationToken cancellationToken)
    {
        (string, string)[] start = from is { } time ? [("startTime", Text(PageRange.UpToMillisecond(time).UnixMilliseconds))] : [];
        var limit = Options.BarsPerPage;
        return AskAsync("klines", WeightTier.For(Options.Weights.Klines, limit).Weight, cancellationToken,
            [("symbol", symbol.Compact), ("interval", "1m"), .. start, ("limit", Text(limit))]);
    }

    internal Task<ServiceResponse> GetKlinesAsync(
        Symbol symbol, Interval interval, Timestamp from, Timestamp until, int limit, CancellationToken cancellationToken) =>
        AskAsync("klines", WeightTier.For(Options.Weights.Klines, limit).Weight, cancellationToken,
            ("symbol", symbol.Compact), ("interval", interval.ToString()), ("startTime", Text(from.UnixMilliseconds)), ("endTime", Text(PageRange.LastMillisecondBefore(until))), ("limit", Text(limit)));

    internal Task<ServiceResponse> GetFundingRatesAsync(Symbol symbol, Timestamp from, Timestamp until, CancellationToken cancellationToken)
    {
        var funding = FundingOptions(symbol);
        return AskAsync(new ServiceRequest(Path("fundingRate"),
            [("symbol", symbol.Compact), ("startTime", Text(from.UnixMilliseconds)), ("endTime", Text(PageRange.LastMillisecondBefore(until))), ("limit", Text(funding.RatesPerPage))],
            funding.FundingRateWeight, FundingBudget), cancellationToken);
    }

    internal Task<ServiceResponse> GetExchangeInfoAsync(CancellationToken cancellationToken) =>
        AskAsync("exchangeInfo", Options.Weights.ExchangeInfo, cancellationToken);

    internal Task<ServiceResponse> GetFundingInfoAsync(BinanceFundingOptions funding, CancellationToken cancellationToken) =>
        AskAsync(new ServiceRequest(Path("fundingInfo"), [], funding.FundingInfoWeight, FundingBudget), cancellationToken);

    internal Task<ServiceResponse> GetTimeBodyAsync(CancellationToken cancellationToken) => AskAsync("time", Options.Weights.Time, cancellationToken);

    private async Task<Timestamp> GetTimeAsync(CancellationToken cancellationToken)
    {
        var answer = await GetTimeBodyAsync(cancellationToken);
        return BinanceParser.ParseTime(answer.Body.Span);
    }

    private Task<ServiceResponse> AskAsync(string endpoint, int weight, CancellationToken cancellationToken, params (string, string)[] query) =>
        AskAsync(new ServiceRequest(Path(endpoint), query, weight), cancellationToken);

    private Task<ServiceResponse> AskAsync(ServiceRequest request, CancellationToken cancellationToken) => client.GetAsync(request, cancellationToken);

    /// <exception cref="ConfigurationException">The market pays no funding.</exception>
    internal BinanceFundingOptions FundingOptions(Symbol symbol) =>
        Options.Funding is { } funding && symbol.IsPerpetual ? funding : throw FundingPageRules.NotPaid(symbol);

    private string Path(string endpoint) => $"{Options.PathPrefix}/{endpoint}";

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
