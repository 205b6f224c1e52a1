using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Sqlite.Realtime;

/// <summary>Spreads between two venues, and the opportunities they made; an opportunity is one row from its first sighting to its end.</summary>
internal sealed class CrossTables(Database database, MarketIds markets)
{
    private const string Pair = "JOIN market m ON m.id = c.market_id JOIN market o ON o.id = c.sell_market_id";

    public void Write(IReadOnlyList<CrossSpreadRow> spreads)
    {
        foreach (var s in spreads)
        {
            database.Run(
                "INSERT INTO cross_spread (market_id, sell_market_id, time, size, buy_price, sell_price, gross_bps, net_bps) VALUES (?, ?, ?, ?, ?, ?, ?, ?) " +
                "ON CONFLICT (market_id, sell_market_id, time) DO UPDATE SET size = excluded.size, buy_price = excluded.buy_price, sell_price = excluded.sell_price, " +
                "gross_bps = excluded.gross_bps, net_bps = excluded.net_bps",
                markets[s.BuyVenue, s.BuySymbol], markets[s.SellVenue, s.SellSymbol], s.Time, s.Size, s.BuyPrice, s.SellPrice, s.GrossBps, s.NetBps);
        }
    }

    public IReadOnlyList<CrossSpreadRow> ReadSpreads(RealtimeRange range) => database.ReadRange(
        $"SELECT m.venue, m.symbol, o.venue, o.symbol, c.time, c.size, c.buy_price, c.sell_price, c.gross_bps, c.net_bps FROM cross_spread c {Pair} " +
        $"WHERE {RangeSql.OfPair} AND {RangeSql.Times("c")} ORDER BY c.time, c.id",
        r => Figures(r, r.Time(4), 5),
        range);

    public void Write(IReadOnlyList<OpportunityRow> opportunities)
    {
        foreach (var o in opportunities)
        {
            var best = o.Best;
            database.Run(
                "INSERT INTO opportunity (market_id, sell_market_id, time, last_seen, ended, end_reason, best_time, size, buy_price, sell_price, gross_bps, net_bps, net_profit) " +
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (market_id, sell_market_id, time) DO UPDATE SET last_seen = excluded.last_seen, ended = excluded.ended, " +
                "end_reason = excluded.end_reason, best_time = excluded.best_time, size = excluded.size, buy_price = excluded.buy_price, sell_price = excluded.sell_price, " +
                "gross_bps = excluded.gross_bps, net_bps = excluded.net_bps, net_profit = excluded.net_profit",
                markets[best.BuyVenue, best.BuySymbol], markets[best.SellVenue, best.SellSymbol], o.FirstSeen, o.LastSeen, o.Ended?.Micros, o.EndReason,
                best.Time, best.Size, best.BuyPrice, best.SellPrice, best.GrossBps, best.NetBps, o.NetProfit);
        }
    }

    public IReadOnlyList<OpportunityRow> ReadOpportunities(RealtimeRange range) => database.ReadRange(
        "SELECT m.venue, m.symbol, o.venue, o.symbol, c.best_time, c.size, c.buy_price, c.sell_price, c.gross_bps, c.net_bps, c.time, c.last_seen, c.ended, c.end_reason, c.net_profit " +
        $"FROM opportunity c {Pair} WHERE {RangeSql.OfPair} AND {RangeSql.Times("c")} ORDER BY c.time, c.id",
        r => new OpportunityRow(r.Time(10), r.Time(11), r.TimeOrNull(12), r.TextOrNull(13), Figures(r, r.Time(4), 5), r.Real(14)),
        range);

    private static CrossSpreadRow Figures(Statement r, Timestamp time, int first) => new(
        r.Text(0), Symbol.Parse(r.Text(1)), r.Text(2), Symbol.Parse(r.Text(3)), time,
        r.RealOrNull(first), r.Real(first + 1), r.Real(first + 2), r.Real(first + 3), r.RealOrNull(first + 4));
}
