using System.Runtime.CompilerServices;
using Mts.Adapters.Venues;
using Mts.Core.Ports;

namespace Mts.Adapters.Bybit;

/// <summary>Bybit's past bars and settled funding, spot and linear perpetual.</summary>
internal sealed class BybitHistory(BybitMarket market) : IBarHistory, IFundingHistory
{
    public string Venue => "bybit";

    public bool HasVolume => true;

    public IReadOnlyList<Interval> Intervals => market.Intervals;

    public async IAsyncEnumerable<BarPage> FetchAsync(
        Symbol symbol, Interval interval, Timestamp from, Timestamp until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Intervals.Contains(interval))
            throw new ConfigurationException($"bybit has no {interval} bars of {symbol}; it has {string.Join(' ', Intervals)}.");
        var start = PageRange.UpToMillisecond(Timestamp.Later(from, Timestamp.FromDate(market.Options.Earliest)));
        var end = Timestamp.Earlier(until, interval.Floor(await market.NowAsync(cancellationToken)));
        var pages = NewestFirstWalk.RunAsync<Bar>(start, end, market.Options.BarsPerPage, interval.Length,
            (first, last, token) => market.GetBarsAsync(symbol, interval, first, last, token), cancellationToken);
        await foreach (var (bars, answer) in pages) yield return new BarPage(bars, Origin.Of(Venue, answer));
    }

    public async IAsyncEnumerable<FundingPage> FetchFundingAsync(
        Symbol symbol, Timestamp from, Timestamp until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!symbol.IsPerpetual) throw FundingPageRules.NotPaid(symbol);
        var start = PageRange.UpToMillisecond(Timestamp.Later(from, Timestamp.FromDate(market.Options.Earliest)));
        var end = Timestamp.Earlier(until, await market.NowAsync(cancellationToken));
        var pages = NewestFirstWalk.RunAsync<FundingRate>(start, end, market.Options.RatesPerPage, market.Options.ShortestFundingInterval,
            (first, last, token) => market.GetFundingRatesAsync(symbol, first, last, token), cancellationToken);
        await foreach (var (rates, answer) in pages) yield return new FundingPage(rates, Origin.Of(Venue, answer));
    }
}
