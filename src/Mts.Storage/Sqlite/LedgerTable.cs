using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Sqlite;

/// <summary>What happened to the data: refused bars, holes, repairs.</summary>
internal sealed class LedgerTable(Database database)
{
    private const string Insert = "INSERT INTO ledger (time, kind, venue, symbol, interval, from_time, until_time, detail) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8";

    // The same refused bar and the same hole are met again at each collection; they are noted once.
    private const string OnlyOnce =
        " WHERE NOT EXISTS (SELECT 1 FROM ledger WHERE kind = ?2 AND venue IS ?3 AND symbol IS ?4 AND interval IS ?5 AND from_time IS ?6 AND until_time IS ?7 AND detail = ?8)";

    public void Write(IReadOnlyList<LedgerEntry> entries)
    {
        if (entries.Count == 0) return;
        using var transaction = database.Begin();
        WriteWithin(entries);
        transaction.Commit();
    }

    /// <summary>As <see cref="Write"/>, as part of a transaction that is open.</summary>
    public void WriteWithin(IReadOnlyList<LedgerEntry> entries)
    {
        foreach (var entry in entries)
        {
            database.Run(
                entry.Kind is "rejected" or "hole" ? Insert + OnlyOnce : Insert,
                entry.Time, entry.Kind, entry.Key?.Venue, entry.Key?.Symbol.ToString(), entry.Key?.Interval.ToString(),
                entry.From?.Micros, entry.Until?.Micros, entry.Detail);
        }
    }

    public IReadOnlyList<LedgerEntry> List(SeriesKey? key) => database.Read(
        "SELECT time, kind, venue, symbol, interval, from_time, until_time, detail FROM ledger " +
        "WHERE ?1 IS NULL OR (venue = ?1 AND symbol = ?2 AND interval = ?3) ORDER BY id",
        Row, key?.Venue, key?.Symbol.ToString(), key?.Interval.ToString());

    private static LedgerEntry Row(Statement row) => new(
        row.Time(0),
        row.Text(1),
        row.IsNull(2) ? null : new SeriesKey(row.Text(2), Symbol.Parse(row.Text(3)), Interval.Parse(row.Text(4))),
        row.TimeOrNull(5),
        row.TimeOrNull(6),
        row.Text(7));
}
