using System.Runtime.CompilerServices;
using Mts.Adapters.Venues;
using Mts.Core.Ports;

namespace Mts.Adapters.Binance;

/// <summary>Binance's past bars and settled funding, spot and perpetual.</summary>
internal sealed class BinanceHistory(BinanceMarket spot, BinanceMarket usdm) : IBarHistory, IFundingHistory
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    public string Venue => "binance";

    public bool HasVolume => true;

    public IReadOnlyList<Interval> Intervals => spot.Intervals;

    public async IAsyncEnumerable<BarPage> FetchAsync(
        Symbol symbol, Interval interval, Timestamp from, Timestamp until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var market = MarketOf(symbol);
        if (!market.Intervals.Contains(interval))
            throw new ConfigurationException($"binance has no {interval} bars of {symbol}; it has {string.Join(' ', market.Intervals)}.");
        var next = PageRange.UpToMillisecond(Timestamp.Later(from, Timestamp.FromDate(market.Options.Earliest)));
        var end = Timestamp.Earlier(until, interval.Floor(await market.NowAsync(cancellationToken)));
        Timestamp? last = null;
        while (next < end)
        {
            var due = PageRange.GridPoints(interval, next, end);
            if (due == 0) yield break;
            // The answer starts at the first bar there is, so a page crosses any hole; the server decides how many rows it gives.
            var limit = (int)Math.Min(market.Options.BarsPerPage, due);
            var answer = await market.GetKlinesAsync(symbol, interval, next, end, limit, cancellationToken);
            var bars = BinanceParser.ParseKlines(answer.Body.Span, interval);
            if (bars.Count == 0) yield break;
            if (bars[0].OpenTime == last) bars.RemoveAt(0);
            if (bars.Count == 0) throw BarPageRules.Refused(answer, $"the bar of {last} was given again and nothing after it");
            BarPageRules.Check(bars, interval, next, end, answer);
            last = bars[^1].OpenTime;
            next = last.Value + Millisecond;
            yield return new BarPage(bars, Origin.Of(Venue, answer));
            if (last.Value + interval.Length >= end) yield break;
        }
    }

    public async IAsyncEnumerable<FundingPage> FetchFundingAsync(
        Symbol symbol, Timestamp from, Timestamp until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _ = usdm.FundingOptions(symbol);
        var next = PageRange.UpToMillisecond(Timestamp.Later(from, Timestamp.FromDate(usdm.Options.Earliest)));
        var end = Timestamp.Earlier(until, await usdm.NowAsync(cancellationToken));
        while (next < end)
        {
            var answer = await usdm.GetFundingRatesAsync(symbol, next, end, cancellationToken);
            var rates = BinanceParser.ParseFundingRates(answer.Body.Span, symbol.Compact);
            if (rates.Count == 0) yield break;
            FundingPageRules.Check(rates, next, end, answer);
            next = rates[^1].Time + Millisecond;
            yield return new FundingPage(rates, Origin.Of(Venue, answer));
        }
    }

    private BinanceMarket MarketOf(Symbol symbol) => symbol.IsPerpetual ? usdm : spot;
}
