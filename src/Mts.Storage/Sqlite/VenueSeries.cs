using Mts.Core.Ports;

namespace Mts.Storage.Sqlite;

/// <summary>Series that a venue has once per name, numbered in a table of their own.</summary>
/// <param name="database">The store.</param>
/// <param name="table">Has the columns id, venue and <paramref name="column"/>.</param>
/// <param name="column">What names a series beside its venue.</param>
internal sealed class VenueSeries(Database database, string table, string column)
{
    private readonly string select = $"SELECT id FROM {table} WHERE venue = ? AND {column} = ?";
    private readonly string insert = $"INSERT INTO {table} (venue, {column}) VALUES (?, ?)";
    private readonly ProvenanceTable provenances = new(database);

    /// <summary>Writes the rows of one series, which is added if need be, in one transaction.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="name">The series' name there.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="provenance">Noted with the first row that is written.</param>
    /// <param name="write">Writes one row: the series' number, the row, the number of its origin.</param>
    public WriteCounts Write<T>(string venue, string name, IReadOnlyList<T> rows, Provenance provenance, Func<long, T, Lazy<long>, WriteCounts> write)
    {
        using var transaction = database.Begin();
        var series = Find(venue, name) ?? Add(venue, name);
        var origin = provenances.Once(provenance);
        var counts = default(WriteCounts);
        foreach (var row in rows) counts += write(series, row, origin);
        transaction.Commit();
        return counts;
    }

    public long? Find(string venue, string name) => database.ReadInt64(select, venue, name);

    private long Add(string venue, string name)
    {
        database.Run(insert, venue, name);
        return database.LastId;
    }
}
