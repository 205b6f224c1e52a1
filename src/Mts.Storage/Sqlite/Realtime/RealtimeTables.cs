using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Sqlite.Realtime;

/// <summary>All that the live feeds leave behind, written in one transaction.</summary>
internal sealed class RealtimeTables(Database database, StreamBars bars)
{
    private readonly MarketIds markets = new(database);

    public BookTable Books => field ??= new BookTable(database, markets);

    public QuoteTables Quotes => field ??= new QuoteTables(database, markets);

    public CrossTables Cross => field ??= new CrossTables(database, markets);

    public LedgerTables Ledgers => field ??= new LedgerTables(database, markets);

    /// <returns>True where a series of bars got its first ones.</returns>
    public bool Write(RealtimeBatch batch)
    {
        using var transaction = database.Begin();
        try
        {
            Books.Write(batch.Books);
            Quotes.Write(batch.Spreads);
            Quotes.Write(batch.Funding);
            Cross.Write(batch.CrossSpreads);
            Cross.Write(batch.Opportunities);
            Ledgers.Write(batch.Gaps);
            Ledgers.Write(batch.DeadLetters);
            Ledgers.Write(batch.Accounts);
            var isFirst = bars.Write(batch.Bars);
            transaction.Commit();
            return isFirst;
        }
        catch
        {
            markets.Forget();
            throw;
        }
    }

    public IReadOnlyList<RealtimeInfo> List() => [.. Enum.GetValues<RealtimeKind>().SelectMany(List)];

    public int Trim(RealtimeKind kind, Timestamp? before, long? rows, int most)
    {
        var table = TableOf(kind);
        using var transaction = database.Begin();
        var excess = rows is { } limit ? Math.Max(0, (database.ReadInt64($"SELECT count(*) FROM {table}") ?? 0) - limit) : 0;
        // The oldest by time; a gap that is open is still to be closed.
        var closed = kind switch { RealtimeKind.Gaps or RealtimeKind.Opportunities => "ended IS NOT NULL", _ => "1" };
        database.Execute("CREATE TEMP TABLE IF NOT EXISTS doomed (id INTEGER PRIMARY KEY); DELETE FROM temp.doomed");
        database.Run($"INSERT OR IGNORE INTO temp.doomed SELECT id FROM {table} WHERE time < ? AND {closed} ORDER BY time LIMIT ?", before?.Micros ?? long.MinValue, most);
        database.Run($"INSERT OR IGNORE INTO temp.doomed SELECT id FROM {table} WHERE {closed} ORDER BY time LIMIT ?", Math.Min(excess, most));
        if (kind == RealtimeKind.Books) database.Run("DELETE FROM book_level WHERE snapshot_id IN (SELECT id FROM temp.doomed)");
        var deleted = database.Run($"DELETE FROM {table} WHERE id IN (SELECT id FROM temp.doomed)");
        transaction.Commit();
        return deleted;
    }

    private List<RealtimeInfo> List(RealtimeKind kind)
    {
        var (market, join) = kind is RealtimeKind.DeadLetters or RealtimeKind.Accounts
            ? ("t.venue, ifnull(t.symbol, '')", "")
            : ("m.venue, m.symbol", "JOIN market m ON m.id = t.market_id");
        return database.Read(
            $"SELECT {market}, count(*), min(t.time), max(t.time) FROM {TableOf(kind)} t {join} GROUP BY 1, 2 ORDER BY 1, 2",
            r => new RealtimeInfo(kind, r.Text(0), r.Text(1), r.Int64(2), r.Time(3), r.Time(4)));
    }

    private static string TableOf(RealtimeKind kind) => kind switch
    {
        RealtimeKind.Books => "book_snapshot",
        RealtimeKind.Spreads => "spread",
        RealtimeKind.Funding => "funding_quote",
        RealtimeKind.CrossSpreads => "cross_spread",
        RealtimeKind.Opportunities => "opportunity",
        RealtimeKind.Gaps => "gap",
        RealtimeKind.DeadLetters => "dead_letter",
        RealtimeKind.Accounts => "stream_account",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
