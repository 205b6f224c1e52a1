using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Quality;

namespace Mts.Pipeline.History;

/// <summary>Asks the store's ledger how good the bars of a range are.</summary>
public static class RangeQuality
{
    /// <param name="store">The ledger.</param>
    /// <param name="checks">Hashes what was read.</param>
    /// <param name="used">The bars as they were read, warm-up included.</param>
    /// <param name="start">Start of the range.</param>
    /// <param name="end">Its end.</param>
    public static SeriesQuality Of(IBarStore store, IStoreChecks checks, BarSeries used, Timestamp start, Timestamp end)
    {
        var key = used.Key;
        var segments = store.ListSegments(key).Where(s => s.Rows > 0 && s.First < end && CloseOf(s.Last, key) > start).ToList();
        var revisions = store.ListRevisions(key).Where(r => IsInside(r.Bar.OpenTime, start, end)).ToList();
        var judged = checks.VerifyRead(used);
        return Whole(used, start, end) with
        {
            Refused = store.ListLedger(key).Count(e => e.Kind == "rejected" && e.From is { } from && IsInside(from, start, end)),
            Revised = revisions.LongCount(r => r.Reason == "revised"),
            Conflicts = revisions.LongCount(r => r.Reason != "revised"),
            Sources = Shares(segments, used, start, end),
            Verified = segments.Count(s => judged.Sound.Contains(s.Id)),
            Unverified = segments.Count(s => !judged.Sound.Contains(s.Id) && !judged.Findings.Any(f => f.SegmentId == s.Id)),
            Damaged = [.. judged.Findings.Where(f => segments.Exists(s => s.Id == f.SegmentId)).Select(f => $"{f.First} to {f.Last}: {f.Detail}")],
        };
    }

    /// <summary>What the bars themselves tell; for a file the caller adds what its import found.</summary>
    public static SeriesQuality Whole(BarSeries used, Timestamp start, Timestamp end)
    {
        var interval = used.Key.Interval;
        var first = interval.Floor(start) == start ? start : interval.Floor(start) + interval.Length;
        var last = interval.Floor(end);
        var times = used.OpenTimes[used.LowerBound(first)..used.LowerBound(last)];
        // Bars made of trades have no grid to be missing from.
        var holes = interval == Interval.Irregular ? [] : Holes.Find(times, interval, first, last);
        return new SeriesQuality
        {
            Key = used.Key, Expected = times.Length + holes.Sum(h => h.Bars), Present = times.Length, Holes = holes, Refused = 0, Revised = 0, Conflicts = 0, Sources = [], Verified = 0, Unverified = 0, Damaged = [],
        };
    }

    // A segment that another one reaches into owns fewer bars than lie in its range.
    private static List<SourceShare> Shares(List<StoredSegment> segments, BarSeries used, Timestamp start, Timestamp end) =>
    [
        .. segments.GroupBy(s => s.Provenance.Source, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new SourceShare(g.Key, g.Sum(s => Math.Min(s.Rows, Count(used, Timestamp.Later(s.First, start), Timestamp.Earlier(CloseOf(s.Last, used.Key), end)))))),
    ];

    private static long Count(BarSeries used, Timestamp from, Timestamp until) => Math.Max(0, used.LowerBound(until) - used.LowerBound(from));

    private static bool IsInside(Timestamp open, Timestamp start, Timestamp end) => open >= start && open < end;

    private static Timestamp CloseOf(Timestamp open, SeriesKey key) => key.Interval.End(open);
}
