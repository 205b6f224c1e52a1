using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Sqlite;

/// <summary>The series of bars there are.</summary>
internal sealed class SeriesTable(Database database)
{
    private const string Select = "SELECT id, venue, symbol, interval, has_volume, updated_at FROM series";

    public StoredSeries? Find(SeriesKey key) =>
        database.Read(Select + " WHERE venue = ? AND symbol = ? AND interval = ?", Row, key.Venue, key.Symbol.ToString(), key.Interval.ToString()) is [var found] ? found : null;

    /// <exception cref="DataValidationException">The series is there and has a volume where the new bars have none, or the other way round.</exception>
    public StoredSeries FindOrAdd(SeriesKey key, bool hasVolume)
    {
        if (Find(key) is not { } found)
        {
            database.Run(
                "INSERT INTO series (venue, symbol, interval, has_volume) VALUES (?, ?, ?, ?)", key.Venue, key.Symbol.ToString(), key.Interval.ToString(), hasVolume);
            return new StoredSeries(database.LastId, key, hasVolume, null);
        }

        if (found.HasVolume != hasVolume)
        {
            throw new DataValidationException(
                $"{key} is stored {(found.HasVolume ? "with" : "without")} volume, the new bars come {(hasVolume ? "with" : "without")} it; give them another venue name.");
        }

        return found;
    }

    public void Touch(long id, Timestamp fetchedAt) =>
        database.Run("UPDATE series SET updated_at = max(coalesce(updated_at, ?2), ?2) WHERE id = ?1", id, fetchedAt);

    public IReadOnlyList<SeriesInfo> List() => [.. database.Read(Select + " ORDER BY venue, symbol, id", Row).Select(Describe)];

    private SeriesInfo Describe(StoredSeries series) => new(
        series.Key,
        series.HasVolume,
        database.ReadInt64("SELECT sum(rows) FROM segment WHERE series_id = ?", series.Id) ?? 0,
        TimeOf(database.ReadInt64("SELECT min(open_time) FROM bar WHERE series_id = ?", series.Id)),
        TimeOf(database.ReadInt64("SELECT max(open_time) FROM bar WHERE series_id = ?", series.Id)),
        database.Read(
            "SELECT DISTINCT p.source FROM segment s JOIN provenance p ON p.id = s.provenance_id WHERE s.series_id = ? AND s.rows > 0 ORDER BY 1", r => r.Text(0), series.Id),
        series.UpdatedAt);

    private static Timestamp? TimeOf(long? micros) => micros is { } value ? new Timestamp(value) : null;

    private static StoredSeries Row(Statement row) =>
        new(row.Int64(0), new SeriesKey(row.Text(1), Symbol.Parse(row.Text(2)), Interval.Parse(row.Text(3))), row.Flag(4), row.TimeOrNull(5));
}

internal sealed record StoredSeries(long Id, SeriesKey Key, bool HasVolume, Timestamp? UpdatedAt);
