using Microsoft.Extensions.Logging;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Quality;

namespace Mts.Pipeline.History;

/// <summary>Fills holes of a stored series: from its own source first, then from others that are proven by overlap; what nobody can prove stays a hole.</summary>
public sealed class HoleRepair(IBarStore store, TimeProvider clock, ILogger logger)
{
    /// <param name="key">The series.</param>
    /// <param name="own">The series' own source, where there is one.</param>
    /// <param name="others">Other sources of the same market, in order of preference.</param>
    /// <param name="cancellationToken">Stops between holes.</param>
    public async Task<RepairReport> RepairAsync(SeriesKey key, IBarHistory? own, IReadOnlyList<IBarHistory> others, CancellationToken cancellationToken)
    {
        var series = store.ReadBars(key, Timestamp.MinValue, Timestamp.MaxValue);
        var holes = Holes.Find(series.OpenTimes, key.Interval);
        var filled = new List<FilledHole>();
        var failures = new List<string>();
        foreach (var source in own is null ? others : [own, .. others])
        {
            foreach (var hole in Remaining())
            {
                try
                {
                    if (await FillAsync(series, hole, source, trusted: source == own, cancellationToken) is { } fill) filled.Add(fill);
                }
                catch (Exception e) when (e is ApiException or DataValidationException)
                {
                    failures.Add($"{source.Venue}: {e.Message}");
                    break;
                }
            }
        }

        var remaining = Remaining();
        store.WriteLedger([.. remaining.Select(h => new LedgerEntry(Timestamp.Now(clock), "hole", key, h.From, h.Until, $"{h.Bars} bars; no source could be proven"))]);
        logger.LogInformation("{Series}: {Filled} bars repaired, {Holes} holes stay", key, filled.Sum(f => f.Bars), remaining.Count);
        return new RepairReport(key, holes, filled, remaining, failures);

        IReadOnlyList<Hole> Remaining() => Holes.Find(store.ReadBars(key, Timestamp.MinValue, Timestamp.MaxValue).OpenTimes, key.Interval);
    }

    private async Task<FilledHole?> FillAsync(BarSeries series, Hole hole, IBarHistory source, bool trusted, CancellationToken cancellationToken)
    {
        var (from, until) = Overlap.Window(series, hole);
        var pages = new List<BarPage>();
        var range = trusted ? (From: hole.From, Until: hole.Until) : (From: from, Until: until);
        await foreach (var page in source.FetchAsync(series.Key.Symbol, series.Key.Interval, range.From, range.Until, cancellationToken)) pages.Add(page);
        var bars = pages.SelectMany(p => p.Bars).ToList();
        var verdict = trusted ? new OverlapVerdict(true, "its own source") : Overlap.Judge(series, bars, hole, source.Venue);
        if (!verdict.Proven)
        {
            logger.LogInformation("{Series}: {Source} not proven for {From}: {Why}", series.Key, source.Venue, hole.From, verdict.Evidence);
            return null;
        }

        var door = new BarDoor(store, series.Key, series.HasVolume, clock);
        foreach (var page in pages)
            door.Take(page with { Bars = [.. page.Bars.Where(b => b.OpenTime >= hole.From && b.OpenTime < hole.Until)] }, hole);
        if (door.Written.Inserted == 0) return null;
        store.WriteLedger([new LedgerEntry(Timestamp.Now(clock), "repair", series.Key, hole.From, hole.Until, $"{door.Written.Inserted} bars from {source.Venue}: {verdict.Evidence}")]);
        return new FilledHole(hole, source.Venue, door.Written.Inserted, verdict.Evidence);
    }
}

/// <param name="Key">The series.</param>
/// <param name="Found">Holes before.</param>
/// <param name="Filled">What was filled, from where, on what proof.</param>
/// <param name="Remaining">Holes that stay.</param>
/// <param name="Failures">Sources that failed.</param>
public sealed record RepairReport(
    SeriesKey Key, IReadOnlyList<Hole> Found, IReadOnlyList<FilledHole> Filled, IReadOnlyList<Hole> Remaining, IReadOnlyList<string> Failures);

/// <param name="Hole">The hole as it was found.</param>
/// <param name="Source">Who filled it.</param>
/// <param name="Bars">How many bars came.</param>
/// <param name="Proof">Why the source is trusted.</param>
public sealed record FilledHole(Hole Hole, string Source, int Bars, string Proof);
