using Microsoft.Extensions.Logging;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Pipeline.History;

/// <summary>Collects settled funding rates: what is older than the stored ones, what is newer, and what is missing between.</summary>
public sealed class FundingCollector(IFundingHistory history, IFundingStore store, ILogger logger)
{
    // No venue settles less often than every eight hours; a longer silence is a hole.
    private static readonly TimeSpan LongestStep = TimeSpan.FromHours(8.5);

    public async Task<CollectionReport> CollectAsync(Symbol symbol, Timestamp from, Timestamp until, CancellationToken cancellationToken)
    {
        var report = new CollectionReport { Source = history.Venue, Series = $"{history.Venue} {symbol} funding", Kind = "funding" };
        var (fetched, written, refused) = (0, default(WriteCounts), 0);
        try
        {
            foreach (var (start, end) in Missing(store.ReadFunding(history.Venue, symbol, from, until), from, until))
            {
                await foreach (var page in history.FetchFundingAsync(symbol, start, end, cancellationToken))
                {
                    // A rate beyond ±100 % of notional per settlement is no rate of any venue.
                    var good = page.Rates.Where(r => double.IsFinite(r.Rate) && Math.Abs(r.Rate) < 1).ToList();
                    fetched += page.Rates.Count;
                    refused += page.Rates.Count - good.Count;
                    if (good.Count > 0) written += store.WriteFunding(history.Venue, symbol, good, page.Provenance);
                }
            }
        }
        catch (Exception e) when (e is ApiException or DataValidationException)
        {
            logger.LogWarning("{Series}: broke off after {Rows} rates: {Reason}", report.Series, fetched, e.Message);
            report = report with { Failure = e.Message };
        }

        return report with
        {
            Fetched = fetched, Written = written,
            Rejected = refused > 0 ? new Dictionary<string, int> { ["rate_out_of_range"] = refused } : report.Rejected,
        };
    }

    private static IEnumerable<(Timestamp Start, Timestamp End)> Missing(IReadOnlyList<FundingRate> stored, Timestamp from, Timestamp until)
    {
        var reached = from;
        foreach (var rate in stored)
        {
            if (rate.Time - reached > LongestStep) yield return (reached, rate.Time);
            reached = new Timestamp(rate.Time.Micros + 1);
        }

        if (reached < until) yield return (reached, until);
    }
}
