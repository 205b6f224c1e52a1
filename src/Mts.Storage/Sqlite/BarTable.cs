using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Sqlite;

/// <summary>Bars, their segments and the values they replaced.</summary>
internal sealed class BarTable(Database database, SeriesTable seriesTable)
{
    private readonly ProvenanceTable provenances = new(database);

    /// <returns>The counts, and whether the series had no bars before.</returns>
    /// <remarks>
    /// A segment is what one call really wrote: rows that were stored with equal values stay with the segment that brought them, and a call
    /// that changes nothing leaves no segment. A replaced bar changes hands: see <see cref="SegmentOwnership"/>.
    /// </remarks>
    public (WriteCounts Counts, bool IsFirst) Write(SeriesKey key, bool hasVolume, ReadOnlySpan<Bar> bars, Provenance provenance)
    {
        Check(key, bars, hasVolume);
        using var transaction = database.Begin();
        var written = WriteWithin(key, hasVolume, bars, provenance);
        transaction.Commit();
        return written;
    }

    /// <summary>As <see cref="Write"/>, as part of a transaction that is open; the bars have been checked.</summary>
    public (WriteCounts Counts, bool IsFirst) WriteWithin(SeriesKey key, bool hasVolume, ReadOnlySpan<Bar> bars, Provenance provenance)
    {
        var series = seriesTable.FindOrAdd(key, hasVolume);
        var isFirst = database.ReadInt64("SELECT 1 FROM bar WHERE series_id = ? LIMIT 1", series.Id) is null;
        var plan = isFirst ? new MergePlan(null, []) : MergePlan.Make(database, series, bars);
        var unchanged = plan.Unchanged;
        if (unchanged < bars.Length)
        {
            new SegmentOwnership(database).Release(series.Id, plan.Revisions);
            Insert(series.Id, bars, plan, provenance);
        }

        seriesTable.Touch(series.Id, provenance.FetchedAt);
        return (new WriteCounts(bars.Length - unchanged - plan.Revisions.Count, unchanged, plan.Revisions.Count), isFirst);
    }

    public BarSeries Read(SeriesKey key, Timestamp from, Timestamp until)
    {
        if (seriesTable.Find(key) is not { } series) return new BarSeriesBuilder().Build(key, hasVolume: true);
        var most = database.ReadInt64(
            "SELECT sum(rows) FROM segment WHERE series_id = ? AND last_time >= ? AND first_time < ?", series.Id, from, until) ?? 0;
        var builder = new BarSeriesBuilder((int)Math.Min(most, MostBetween(from, until, key.Interval)));
        BarCursor.Read(database, series, from, until, builder);
        return builder.Build(key, series.HasVolume);
    }

    public IReadOnlyList<StoredSegment> ListSegments(SeriesKey key) => seriesTable.Find(key) is not { } series ? [] : database.Read(
        "SELECT s.id, s.first_time, s.last_time, s.rows, s.rows_hash, p.source, p.fetched_at, p.request, p.hash " +
        "FROM segment s JOIN provenance p ON p.id = s.provenance_id WHERE s.series_id = ? ORDER BY s.id",
        r => new StoredSegment(r.Int64(0), r.Time(1), r.Time(2), r.Int64(3), r.Text(4), new Provenance(r.Text(5), r.Time(6), r.Text(7), r.Text(8))),
        series.Id);

    public IReadOnlyList<BarRevision> ListRevisions(SeriesKey key) => seriesTable.Find(key) is not { } series ? [] : database.Read(
        "SELECT open_time, open, high, low, close, volume, reason, superseded_at, source FROM bar_revision WHERE series_id = ? ORDER BY open_time, id",
        r => new BarRevision(new Bar(r.Time(0), r.Real(1), r.Real(2), r.Real(3), r.Real(4), r.RealOrNaN(5)), r.Text(6), r.Time(7), r.Text(8)),
        series.Id);

    public void WriteRevisions(SeriesKey key, IReadOnlyList<BarRevision> revisions)
    {
        if (revisions.Count == 0) return;
        using var transaction = database.Begin();
        WriteRevisionsWithin(key, revisions);
        transaction.Commit();
    }

    /// <summary>As <see cref="WriteRevisions"/>, as part of a transaction that is open.</summary>
    public void WriteRevisionsWithin(SeriesKey key, IReadOnlyList<BarRevision> revisions)
    {
        var series = seriesTable.Find(key) ?? seriesTable.FindOrAdd(key, revisions.All(r => !double.IsNaN(r.Bar.Volume)));
        foreach (var revision in revisions) Keep(series.Id, revision);
    }

    // A file that is imported again loses the same rows again; they are kept once.
    private void Keep(long seriesId, BarRevision revision)
    {
        var bar = revision.Bar;
        database.Run(
            "INSERT INTO bar_revision (series_id, open_time, open, high, low, close, volume, reason, superseded_at, source) " +
            "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 WHERE NOT EXISTS (SELECT 1 FROM bar_revision WHERE series_id = ?1 AND open_time = ?2 " +
            "AND open = ?3 AND high = ?4 AND low = ?5 AND close = ?6 AND volume IS ?7 AND reason = ?8 AND source = ?10)",
            seriesId, bar.OpenTime, bar.Open, bar.High, bar.Low, bar.Close, double.IsNaN(bar.Volume) ? null : bar.Volume,
            revision.Reason, revision.SupersededAt, revision.Source);
    }

    private void Insert(long seriesId, ReadOnlySpan<Bar> bars, MergePlan plan, Provenance provenance)
    {
        var provenanceId = provenances.Add(provenance);
        var (first, last) = plan.Written(bars);
        database.Run(
            "INSERT INTO segment (series_id, first_time, last_time, rows, rows_hash, provenance_id) VALUES (?, ?, ?, 0, '', ?)", seriesId, first, last, provenanceId);
        var segmentId = database.LastId;
        using var hasher = new RowsHasher();
        BarInserter.Insert(database, seriesId, segmentId, bars, plan, hasher);
        foreach (var revision in plan.Revisions) Replace(seriesId, segmentId, bars[revision.Index], revision, provenance);
        var rows = hasher.Rows;
        database.Run("UPDATE segment SET rows = ?2, rows_hash = ?3 WHERE id = ?1", segmentId, rows, hasher.Finish());
    }

    private void Replace(long seriesId, long segmentId, in Bar bar, in MergePlan.Revision revision, Provenance provenance)
    {
        var old = revision.Old;
        database.Run(
            "INSERT INTO bar_revision (series_id, open_time, open, high, low, close, volume, reason, superseded_at, source) " +
            "VALUES (?, ?, ?, ?, ?, ?, ?, 'revised', ?, coalesce((SELECT p.source FROM segment s JOIN provenance p ON p.id = s.provenance_id WHERE s.id = ?), ''))",
            seriesId, old.OpenTime, old.Open, old.High, old.Low, old.Close, double.IsNaN(old.Volume) ? null : old.Volume,
            provenance.FetchedAt, revision.SegmentId);
        database.Run(
            "UPDATE bar SET open = ?3, high = ?4, low = ?5, close = ?6, volume = ?7, segment_id = ?8 WHERE series_id = ?1 AND open_time = ?2",
            seriesId, bar.OpenTime, bar.Open, bar.High, bar.Low, bar.Close, double.IsNaN(bar.Volume) ? null : bar.Volume, segmentId);
    }

    private static void Check(SeriesKey key, ReadOnlySpan<Bar> bars, bool hasVolume)
    {
        for (var i = 0; i < bars.Length; i++)
        {
            ref readonly var bar = ref bars[i];
            if (i > 0 && bar.OpenTime <= bars[i - 1].OpenTime)
                throw new ArgumentException($"Open times must rise: {bar.OpenTime} follows {bars[i - 1].OpenTime}.", nameof(bars));
            if (double.IsNaN(bar.Volume) == hasVolume || double.IsInfinity(bar.Volume) || !double.IsFinite(bar.Open + bar.High + bar.Low + bar.Close))
                throw new DataValidationException($"{key} at {bar.OpenTime}: {bar} is not finite, or has a volume where the series has none; nothing was written.");
        }
    }

    private static long MostBetween(Timestamp from, Timestamp until, Interval interval) =>
        until <= from ? 0 : Math.Min(int.MaxValue, ((until.Micros - from.Micros) / interval.Micros) + 1);
}
