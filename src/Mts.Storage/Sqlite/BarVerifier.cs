using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Quality;

namespace Mts.Storage.Sqlite;

/// <summary>Reads a series again and holds it against its segments' hashes and the rules.</summary>
internal sealed class BarVerifier(Database database, Timestamp now)
{
    private readonly Dictionary<long, RowsHasher> hashers = [];
    private readonly List<StoreFinding> findings = [];

    public IReadOnlyList<StoreFinding> Verify(StoredSeries series, IReadOnlyList<StoredSegment> segments)
    {
        var byId = segments.ToDictionary(s => s.Id);
        try
        {
            var bars = database.Prepare(
                "SELECT open_time, open, high, low, close, volume, segment_id FROM bar WHERE series_id = ? ORDER BY open_time").Bind(1, series.Id);
            while (bars.Step())
            {
                var bar = new Bar(bars.Time(0), bars.Real(1), bars.Real(2), bars.Real(3), bars.Real(4), bars.RealOrNaN(5));
                Meet(series, bar, bars.Int64(6), byId);
            }

            foreach (var segment in segments) Compare(segment);
        }
        finally
        {
            foreach (var hasher in hashers.Values) hasher.Dispose();
        }

        return findings;
    }

    private void Meet(StoredSeries series, in Bar bar, long segmentId, Dictionary<long, StoredSegment> segments)
    {
        if (BarRules.Broken(bar, series.Key.Interval, now, series.HasVolume) is { } rule)
            findings.Add(new StoreFinding(segmentId, "rule", bar.OpenTime, bar.OpenTime, $"{rule}: {bar}"));
        if (!segments.TryGetValue(segmentId, out var segment) || bar.OpenTime < segment.First || bar.OpenTime > segment.Last)
        {
            findings.Add(new StoreFinding(segment?.Id, "segment", bar.OpenTime, bar.OpenTime, $"the bar says it is of segment {segmentId}, which {(segment is null ? "is not there" : "ends before it")}"));
            return;
        }

        if (!hashers.TryGetValue(segmentId, out var hasher)) hashers[segmentId] = hasher = new RowsHasher();
        hasher.Add(bar);
    }

    private void Compare(StoredSegment segment)
    {
        using var none = new RowsHasher();
        var hasher = hashers.GetValueOrDefault(segment.Id, none);
        var rows = hasher.Rows;
        var hash = hasher.Finish();
        if (rows != segment.Rows)
            findings.Add(new StoreFinding(segment.Id, "rows", segment.First, segment.Last, $"{rows} rows where {segment.Rows} were written ({segment.Provenance.Source} {segment.Provenance.Request})"));
        else if (hash != segment.RowsHash)
            findings.Add(new StoreFinding(segment.Id, "hash", segment.First, segment.Last, $"the rows differ from what was written ({segment.Provenance.Source} {segment.Provenance.Request})"));
    }
}
