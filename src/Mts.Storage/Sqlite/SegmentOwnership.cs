using Mts.Core.Market;

namespace Mts.Storage.Sqlite;

/// <summary>
/// Takes bars out of the segments that own them, before a newer segment replaces their values in the same transaction. A segment's hash is
/// over the bars that it still owns, so each segment that loses some is hashed anew without them.
/// </summary>
/// <remarks>
/// The segment is hashed as it was too, in the same pass. Where that differs from the stored hash, something else has changed its rows, and
/// the stored hash is left alone: a revision must not make a damaged segment look sound.
/// </remarks>
internal sealed class SegmentOwnership(Database database)
{
    public void Release(long seriesId, IReadOnlyList<MergePlan.Revision> revisions)
    {
        foreach (var losses in revisions.GroupBy(r => r.SegmentId)) Release(seriesId, losses.Key, losses.Select(r => r.Old.OpenTime.Micros).ToHashSet());
    }

    private void Release(long seriesId, long segmentId, HashSet<long> lost)
    {
        using var before = new RowsHasher();
        using var after = new RowsHasher();
        var bars = database.Prepare(
            "SELECT b.open_time, b.open, b.high, b.low, b.close, b.volume FROM segment s JOIN bar b " +
            "ON b.series_id = ?1 AND b.open_time BETWEEN s.first_time AND s.last_time AND b.segment_id = s.id WHERE s.id = ?2 ORDER BY b.open_time")
            .Bind(1, seriesId).Bind(2, segmentId);
        while (bars.Step())
        {
            var bar = new Bar(bars.Time(0), bars.Real(1), bars.Real(2), bars.Real(3), bars.Real(4), bars.RealOrNaN(5));
            before.Add(bar);
            if (!lost.Contains(bar.OpenTime.Micros)) after.Add(bar);
        }

        database.Run(
            "UPDATE segment SET rows = rows - ?2, rows_hash = CASE rows_hash WHEN ?3 THEN ?4 ELSE rows_hash END WHERE id = ?1",
            segmentId, lost.Count, before.Finish(), after.Finish());
    }
}
