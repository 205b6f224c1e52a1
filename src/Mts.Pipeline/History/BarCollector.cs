using Microsoft.Extensions.Logging;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Quality;

namespace Mts.Pipeline.History;

/// <summary>Brings a stored series up to date: fetches only what is missing in the asked range, holes included, and stores page by page.</summary>
/// <remarks>Each page is one transaction, so that a stop at any point loses at most the page under way and the next run goes on there.</remarks>
public sealed class BarCollector(IBarHistory history, IBarStore store, TimeProvider clock, ILogger logger)
{
    /// <param name="symbol">The market.</param>
    /// <param name="interval">The bar's length.</param>
    /// <param name="from">First open time wanted; moved down to the grid.</param>
    /// <param name="until">End of the range, exclusive; bars that have not closed by now are left out.</param>
    /// <param name="progress">Told after each page.</param>
    /// <param name="cancellationToken">Stops between pages.</param>
    /// <returns>What was stored; a failure of the service is in <see cref="CollectionReport.Failure"/>, not thrown.</returns>
    public async Task<CollectionReport> CollectAsync(
        Symbol symbol, Interval interval, Timestamp from, Timestamp until, IProgress<CollectionProgress>? progress, CancellationToken cancellationToken)
    {
        var key = new SeriesKey(history.Venue, symbol, interval);
        from = interval.Floor(from);
        var lastClosed = interval.Floor(Timestamp.Now(clock));
        if (until > lastClosed) until = lastClosed;
        var wanted = Holes.Find(store.ReadBars(key, from, until).OpenTimes, interval, from, until);
        var door = new BarDoor(store, key, history.HasVolume, clock);
        string? failure = null;
        try
        {
            foreach (var hole in wanted)
            {
                await foreach (var page in history.FetchAsync(symbol, interval, hole.From, hole.Until, cancellationToken))
                {
                    door.Take(page, hole);
                    if (page.Bars.Count > 0) progress?.Report(new(key.ToString(), Fraction(page.Bars[^1].OpenTime), door.Fetched));
                }
            }
        }
        catch (Exception e) when (e is ApiException or DataValidationException)
        {
            failure = e.Message;
            logger.LogWarning("{Series}: collection broke off after {Rows} rows: {Reason}", key, door.Fetched, e.Message);
        }

        progress?.Report(new(key.ToString(), 1, door.Fetched));
        var times = store.ReadBars(key, from, until).OpenTimes;
        logger.LogInformation("{Series}: {Inserted} new, {Revised} revised, {Rejected} refused", key, door.Written.Inserted, door.Written.Revised, door.RejectedCount);
        return new CollectionReport
        {
            Source = history.Venue, Series = key.ToString(), Kind = "bars", Fetched = door.Fetched, Written = door.Written,
            Rejected = door.Rejected, Holes = Holes.Find(times, interval), Failure = failure,
        };

        double Fraction(Timestamp reached) => Math.Clamp((double)(reached.Micros - from.Micros) / Math.Max(1, until.Micros - from.Micros), 0, 1);
    }
}
