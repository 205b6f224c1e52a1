using Mts.Core.Books;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Sqlite.Realtime;

/// <summary>Samples of books, level by level in whole numbers.</summary>
internal sealed class BookTable(Database database, MarketIds markets)
{
    private const int Bid = 0;
    private const int Ask = 1;

    public void Write(IReadOnlyList<BookRow> books)
    {
        foreach (var book in books)
        {
            var added = database.Prepare(
                "INSERT INTO book_snapshot (market_id, time, received, update_id, epoch, price_unit, size_unit) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .Bind(1, markets[book.Venue, book.Symbol]).Bind(2, book.Time.Micros).Bind(3, book.Received.Micros).Bind(4, book.UpdateId).Bind(5, book.Epoch)
                .Bind(6, NumberScale.Power(book.Scale.PriceDecimals)).Bind(7, NumberScale.Power(book.Scale.SizeDecimals));
            added.Step();
            if (database.Changes == 0) continue;
            var id = database.LastId;
            Write(id, Bid, book.Bids);
            Write(id, Ask, book.Asks);
        }
    }

    public IReadOnlyList<BookRow> Read(RealtimeRange range)
    {
        var heads = database.ReadRange(
            "SELECT s.id, m.venue, m.symbol, s.time, s.received, s.update_id, s.epoch, s.price_unit, s.size_unit FROM book_snapshot s JOIN market m ON m.id = s.market_id " +
            $"WHERE {RangeSql.OfMarket} AND {RangeSql.Times("s")} ORDER BY s.time, s.id", Row, range);
        return heads.ConvertAll(h => h.Row with { Bids = Levels(h.Id, Bid), Asks = Levels(h.Id, Ask) });
    }

    private void Write(long id, int side, LevelChange[] levels)
    {
        var insert = database.Prepare("INSERT INTO book_level (snapshot_id, side, level, price, size) VALUES (?, ?, ?, ?, ?)").Bind(1, id).Bind(2, side);
        for (var i = 0; i < levels.Length; i++) insert.Bind(3, i).Bind(4, levels[i].Price).Bind(5, levels[i].Size).Step();
    }

    private LevelChange[] Levels(long id, int side) => [.. database.Read(
        "SELECT price, size FROM book_level WHERE snapshot_id = ? AND side = ? ORDER BY level", r => new LevelChange(r.Int64(0), r.Int64(1)), id, side)];

    private static (long Id, BookRow Row) Row(Statement row) => (row.Int64(0), new BookRow(
        row.Text(1), Symbol.Parse(row.Text(2)), row.Time(3), row.Time(4), row.Int64(5), (int)row.Int64(6), Units.Scale(row.Int64(7), row.Int64(8)), [], []));
}

/// <summary>How many whole numbers make one, as the tables keep it.</summary>
internal static class Units
{
    public static NumberScale Scale(long priceUnit, long sizeUnit) => new(Decimals(priceUnit), Decimals(sizeUnit));

    private static int Decimals(long unit)
    {
        var decimals = 0;
        for (; unit > 1; unit /= 10) decimals++;
        return decimals;
    }
}
