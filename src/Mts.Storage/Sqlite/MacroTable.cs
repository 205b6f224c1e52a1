using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Sqlite;

/// <summary>Macro observations with their vintages.</summary>
/// <remarks>
/// An observation that says what was already known at its known time adds nothing. One with another value becomes a vintage at its known
/// time; where a vintage with another value stands at that very moment (the known time came from the release rule, and the source has
/// revised the value since), it becomes known when it was fetched: to date it back would let a backtest look ahead. Filled and
/// interpolated values stand beside the observed ones and may be worked out anew in place.
/// </remarks>
internal sealed class MacroTable(Database database)
{
    private const string Columns = "SELECT day, value, known_time, is_forward_filled, is_interpolated FROM macro_observation WHERE series_id = ?";

    private readonly ProvenanceTable provenances = new(database);

    public WriteCounts Write(string seriesId, IReadOnlyList<MacroObservation> observations, Provenance provenance)
    {
        using var transaction = database.Begin();
        var series = Find(seriesId) ?? Add(seriesId);
        var origin = provenances.Once(provenance);
        var counts = default(WriteCounts);
        foreach (var observation in observations)
        {
            if (observation.Value is { } value && !double.IsFinite(value))
                throw new DataValidationException($"{seriesId} at {observation.Day:yyyy-MM-dd} has no finite value; nothing was written.");
            counts += IsDerived(observation) ? WriteDerived(series, observation, origin) : WriteObserved(series, observation, provenance, origin);
        }

        database.Run("UPDATE macro_series SET updated_at = max(coalesce(updated_at, ?2), ?2) WHERE id = ?1", series, provenance.FetchedAt);
        transaction.Commit();
        return counts;
    }

    public IReadOnlyList<MacroObservation> Read(string seriesId, DateOnly from, DateOnly until) => Find(seriesId) is not { } series ? [] : database.Read(
        Columns + " AND day BETWEEN ? AND ? ORDER BY day, known_time, derived", Row, series, from, until);

    public IReadOnlyList<MacroRow> ReadNewest(string seriesId) => Find(seriesId) is not { } series ? [] :
    [
        .. database.Read(
            "SELECT o.day, o.value, o.known_time, o.is_forward_filled, o.is_interpolated, coalesce(v.source, ''), row_number() OVER " +
            "(PARTITION BY o.day, o.derived ORDER BY o.known_time DESC) AS age FROM macro_observation o LEFT JOIN provenance v ON v.id = o.provenance_id " +
            "WHERE o.series_id = ? ORDER BY age, o.day, o.value IS NULL, o.derived",
            r => (Row: new MacroRow(Row(r), r.Text(5)), Age: r.Int64(6)), series)
            .Where(r => r.Age == 1).Select(r => r.Row).DistinctBy(r => r.Observation.Day),
    ];

    public IReadOnlyList<MacroInfo> List() => database.Read(
        "SELECT r.name, count(DISTINCT CASE WHEN o.value IS NOT NULL THEN o.day END), count(DISTINCT o.day), min(o.day), max(o.day), r.updated_at " +
        "FROM macro_series r JOIN macro_observation o ON o.series_id = r.id GROUP BY r.id ORDER BY r.name",
        r => new MacroInfo(r.Text(0), r.Int64(1), r.Int64(2) - r.Int64(1), r.Day(3), r.Day(4), r.TimeOrNull(5)));

    private WriteCounts WriteObserved(long series, MacroObservation observation, Provenance provenance, Lazy<long> origin)
    {
        var vintages = database.Read(Columns + " AND day = ? AND derived = 0 ORDER BY known_time", Row, series, observation.Day);
        var known = vintages.FindLastIndex(v => v.KnownTime <= observation.KnownTime);
        if (known >= 0 && vintages[known].Value.Equals(observation.Value)) return new WriteCounts(0, 1, 0);
        if (known >= 0 && vintages[known].KnownTime == observation.KnownTime)
        {
            var newest = vintages[^1];
            if (newest.Value.Equals(observation.Value)) return new WriteCounts(0, 1, 0);
            var next = new Timestamp(newest.KnownTime.Micros + 1);
            observation = observation with { KnownTime = provenance.FetchedAt > next ? provenance.FetchedAt : next };
        }

        Insert(series, observation, origin);
        return vintages.Count == 0 ? new WriteCounts(1, 0, 0) : new WriteCounts(0, 0, 1);
    }

    private WriteCounts WriteDerived(long series, MacroObservation observation, Lazy<long> origin)
    {
        var stored = database.Read(Columns + " AND day = ? AND known_time = ? AND derived = 1", Row, series, observation.Day, observation.KnownTime);
        if (stored is [var same] && same == observation) return new WriteCounts(0, 1, 0);
        database.Run("DELETE FROM macro_observation WHERE series_id = ? AND day = ? AND known_time = ? AND derived = 1", series, observation.Day, observation.KnownTime);
        Insert(series, observation, origin);
        return stored.Count == 0 ? new WriteCounts(1, 0, 0) : new WriteCounts(0, 0, 1);
    }

    private void Insert(long series, MacroObservation observation, Lazy<long> origin) => database.Run(
        "INSERT INTO macro_observation (series_id, day, known_time, derived, value, is_interpolated, is_forward_filled, provenance_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        series, observation.Day, observation.KnownTime, IsDerived(observation), observation.Value, observation.IsInterpolated, observation.IsForwardFilled, origin.Value);

    private long? Find(string seriesId) => database.ReadInt64("SELECT id FROM macro_series WHERE name = ?", seriesId);

    private long Add(string seriesId)
    {
        database.Run("INSERT INTO macro_series (name) VALUES (?)", seriesId);
        return database.LastId;
    }

    private static bool IsDerived(MacroObservation observation) => observation.IsForwardFilled || observation.IsInterpolated;

    private static MacroObservation Row(Statement row) => new(row.Day(0), row.RealOrNull(1), row.Time(2), row.Flag(3), row.Flag(4));
}
