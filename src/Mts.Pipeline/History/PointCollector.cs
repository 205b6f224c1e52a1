using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Pipeline.History;

/// <summary>Collects irregular price points of an asset where a source has no bars.</summary>
public sealed class PointCollector(IPointHistory history, IPointStore store)
{
    public async Task<CollectionReport> CollectAsync(Asset asset, Timestamp from, Timestamp until, CancellationToken cancellationToken)
    {
        var report = new CollectionReport { Source = history.Venue, Series = $"{history.Venue} {asset.Id} points", Kind = "points" };
        try
        {
            var page = await history.FetchPointsAsync(asset, from, until, cancellationToken);
            var good = page.Points.Where(p => double.IsFinite(p.Price) && p.Price > 0).ToList();
            var written = good.Count > 0 ? store.WritePoints(history.Venue, asset, good, page.Provenance) : default;
            var refused = page.Points.Count - good.Count;
            return report with
            {
                Fetched = page.Points.Count, Written = written,
                Rejected = refused > 0 ? new Dictionary<string, int> { ["price_not_positive"] = refused } : report.Rejected,
            };
        }
        catch (Exception e) when (e is ApiException or DataValidationException)
        {
            return report with { Failure = e.Message };
        }
    }
}
