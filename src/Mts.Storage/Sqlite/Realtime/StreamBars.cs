using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Sqlite.Realtime;

/// <summary>Puts bars that closed on a stream into their series; those of one UTC day are one segment.</summary>
/// <remarks>What is stored was asked for and checked, so it stays where a stream's bar differs; the bar that differs is kept as a revision.</remarks>
internal sealed class StreamBars(Database database, SeriesTable seriesTable, BarTable bars, LedgerTable ledger)
{
    public const string Source = "stream";

    /// <returns>True where a series got its first bars.</returns>
    public bool Write(IReadOnlyList<StreamBarRow> rows)
    {
        var isFirst = false;
        foreach (var day in rows.GroupBy(r => (r.Key, r.Bar.OpenTime.Date)))
        {
            var newest = new SortedDictionary<long, StreamBarRow>();
            foreach (var row in day) newest.TryAdd(row.Bar.OpenTime.Micros, row);
            isFirst |= Write(day.Key.Key, day.Key.Date, [.. newest.Values]);
        }

        return isFirst;
    }

    private bool Write(SeriesKey key, DateOnly day, List<StreamBarRow> rows)
    {
        var received = rows.Max(r => r.Received);
        var stored = seriesTable.Find(key);
        if (stored is { HasVolume: false })
        {
            ledger.WriteWithin([.. rows.Select(r => new LedgerEntry(
                r.Received, "rejected", key, r.Bar.OpenTime, new Timestamp(r.Bar.OpenTime.Micros + key.Interval.Micros), "the series is stored without volume, the bar has one; from stream"))]);
            return false;
        }

        var fresh = new List<Bar>(rows.Count);
        foreach (var row in rows)
        {
            if (stored is null || Stored(stored, row.Bar.OpenTime) is not { } old) fresh.Add(row.Bar);
            else if (!old.SameValues(row.Bar)) bars.WriteRevisionsWithin(key, [new BarRevision(row.Bar, "conflict", row.Received, Source)]);
        }

        if (fresh.Count == 0) return false;
        var request = $"{key} {day:yyyy-MM-dd}";
        var (_, isFirst) = bars.WriteWithin(key, true, fresh.ToArray(), new Provenance(Source, received, request, ""));
        if (!isFirst) Join(seriesTable.Find(key)!.Id, request, received);
        return isFirst;
    }

    private Bar? Stored(StoredSeries series, Timestamp open) =>
        BarCursor.ReadOwned(database, series, open, open) is [var owned] ? owned.Bar : null;

    // A segment a minute would be more segments than bars are worth; the day's first one takes the new one in.
    private void Join(long seriesId, string request, Timestamp received)
    {
        var same = database.Read(
            "SELECT s.id, s.provenance_id FROM segment s JOIN provenance p ON p.id = s.provenance_id WHERE s.series_id = ? AND p.source = ? AND p.request = ? ORDER BY s.id",
            r => (Segment: r.Int64(0), Provenance: r.Int64(1)), seriesId, Source, request);
        if (same is not [.., var first, var last]) return;
        // A segment whose hash no longer fits its rows is damaged; joining it would hide that.
        if (!IsWhole(seriesId, first.Segment)) return;
        database.Run(
            "UPDATE bar SET segment_id = ?1 WHERE series_id = ?2 AND segment_id = ?3 " +
            "AND open_time BETWEEN (SELECT first_time FROM segment WHERE id = ?3) AND (SELECT last_time FROM segment WHERE id = ?3)",
            first.Segment, seriesId, last.Segment);
        database.Run(
            "UPDATE segment SET first_time = min(first_time, (SELECT first_time FROM segment WHERE id = ?2)), last_time = max(last_time, (SELECT last_time FROM segment WHERE id = ?2)) WHERE id = ?1",
            first.Segment, last.Segment);
        database.Run("DELETE FROM segment WHERE id = ?", last.Segment);
        database.Run("DELETE FROM provenance WHERE id = ?", last.Provenance);
        database.Run("UPDATE provenance SET fetched_at = max(fetched_at, ?2) WHERE id = ?1", first.Provenance, received);
        var (rows, hash) = HashOf(seriesId, first.Segment);
        database.Run("UPDATE segment SET rows = ?2, rows_hash = ?3 WHERE id = ?1", first.Segment, rows, hash);
    }

    private bool IsWhole(long seriesId, long segmentId) =>
        database.Read("SELECT rows_hash FROM segment WHERE id = ?", r => r.Text(0), segmentId) is [var hash] && hash == HashOf(seriesId, segmentId).Hash;

    private (long Rows, string Hash) HashOf(long seriesId, long segmentId)
    {
        using var hasher = new RowsHasher();
        var rows = database.Prepare(
            "SELECT b.open_time, b.open, b.high, b.low, b.close, b.volume FROM segment s JOIN bar b " +
            "ON b.series_id = ?1 AND b.open_time BETWEEN s.first_time AND s.last_time AND b.segment_id = s.id WHERE s.id = ?2 ORDER BY b.open_time")
            .Bind(1, seriesId).Bind(2, segmentId);
        while (rows.Step()) hasher.Add(rows.Int64(0), rows.Real(1), rows.Real(2), rows.Real(3), rows.Real(4), rows.RealOrNaN(5));
        var count = hasher.Rows;
        return (count, hasher.Finish());
    }
}
