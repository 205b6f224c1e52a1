using Mts.Core.Books;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Sqlite.Realtime;

/// <summary>Samples of best bid and ask, and of the funding that is building up; the newest of one moment stands.</summary>
internal sealed class QuoteTables(Database database, MarketIds markets)
{
    public void Write(IReadOnlyList<SpreadRow> spreads)
    {
        foreach (var spread in spreads)
        {
            database.Prepare(
                "INSERT INTO spread (market_id, time, received, price_unit, size_unit, bid, bid_size, ask, ask_size) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) " +
                "ON CONFLICT (market_id, time) DO UPDATE SET received = excluded.received, price_unit = excluded.price_unit, size_unit = excluded.size_unit, " +
                "bid = excluded.bid, bid_size = excluded.bid_size, ask = excluded.ask, ask_size = excluded.ask_size")
                .Bind(1, markets[spread.Venue, spread.Symbol]).Bind(2, spread.Time.Micros).Bind(3, spread.Received.Micros)
                .Bind(4, NumberScale.Power(spread.Scale.PriceDecimals)).Bind(5, NumberScale.Power(spread.Scale.SizeDecimals))
                .Bind(6, spread.Bid.Price).Bind(7, spread.Bid.Size).Bind(8, spread.Ask.Price).Bind(9, spread.Ask.Size).Step();
        }
    }

    public IReadOnlyList<SpreadRow> ReadSpreads(RealtimeRange range) => database.ReadRange(
        "SELECT m.venue, m.symbol, s.time, s.received, s.price_unit, s.size_unit, s.bid, s.bid_size, s.ask, s.ask_size FROM spread s JOIN market m ON m.id = s.market_id " +
        $"WHERE {RangeSql.OfMarket} AND {RangeSql.Times("s")} ORDER BY s.time, s.id",
        r => new SpreadRow(
            r.Text(0), Symbol.Parse(r.Text(1)), r.Time(2), r.Time(3), Units.Scale(r.Int64(4), r.Int64(5)),
            new LevelChange(r.Int64(6), r.Int64(7)), new LevelChange(r.Int64(8), r.Int64(9))),
        range);

    public void Write(IReadOnlyList<FundingQuoteRow> quotes)
    {
        foreach (var quote in quotes)
        {
            database.Run(
                "INSERT INTO funding_quote (market_id, time, rate, next_funding, mark_price, index_price) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (market_id, time) DO UPDATE SET " +
                "rate = excluded.rate, next_funding = excluded.next_funding, mark_price = excluded.mark_price, index_price = excluded.index_price",
                markets[quote.Venue, quote.Symbol], quote.Time, quote.Rate, quote.NextFunding?.Micros, quote.Mark, quote.Index);
        }
    }

    public IReadOnlyList<FundingQuoteRow> ReadFunding(RealtimeRange range) => database.ReadRange(
        "SELECT m.venue, m.symbol, q.time, q.rate, q.next_funding, q.mark_price, q.index_price FROM funding_quote q JOIN market m ON m.id = q.market_id " +
        $"WHERE {RangeSql.OfMarket} AND {RangeSql.Times("q")} ORDER BY q.time, q.id",
        r => new FundingQuoteRow(r.Text(0), Symbol.Parse(r.Text(1)), r.Time(2), r.Real(3), r.TimeOrNull(4), r.Real(5), r.RealOrNull(6)),
        range);
}
