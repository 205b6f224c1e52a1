using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Sqlite.Realtime;

/// <summary>Gaps, dead letters and accounts of the streams.</summary>
internal sealed class LedgerTables(Database database, MarketIds markets)
{
    public void Write(IReadOnlyList<FeedGap> gaps)
    {
        foreach (var gap in gaps)
        {
            database.Run(
                "INSERT INTO gap (market_id, channel, cause, time, last_id, next_id, ended, repair) VALUES (?, ?, ?, ?, ?, ?, ?, ?) " +
                "ON CONFLICT (market_id, channel, time, cause, ifnull(last_id, -1)) DO UPDATE SET next_id = excluded.next_id, ended = excluded.ended, repair = excluded.repair " +
                "WHERE excluded.ended IS NOT NULL",
                markets[gap.Venue, gap.Symbol], Name(gap.Channel), gap.Cause, gap.Start, gap.LastId, gap.NextId, gap.End?.Micros, gap.Repair);
        }
    }

    /// <summary>Nobody will repair what a session left open that was killed.</summary>
    public void EndGaps(Timestamp now) => database.Run("UPDATE gap SET ended = max(?, time), repair = 'none' WHERE ended IS NULL", now.Micros);

    public IReadOnlyList<FeedGap> ReadGaps(RealtimeRange range) => database.ReadRange(
        "SELECT m.venue, m.symbol, g.channel, g.cause, g.last_id, g.next_id, g.time, g.ended, g.repair FROM gap g JOIN market m ON m.id = g.market_id " +
        $"WHERE {RangeSql.OfMarket} AND {RangeSql.Times("g")} ORDER BY g.time, g.id",
        r => new FeedGap(
            r.Text(0), Symbol.Parse(r.Text(1)), ChannelOf(r.Text(2)), r.Text(3), r.Int64OrNull(4), r.Int64OrNull(5), r.Time(6), r.TimeOrNull(7), r.TextOrNull(8)),
        range);

    public void Write(IReadOnlyList<DeadLetter> letters)
    {
        foreach (var letter in letters)
        {
            var insert = database.Prepare(
                "INSERT INTO dead_letter (venue, kind, symbol, channel, connection, epoch, position, time, reason, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .BindAll([
                    letter.Venue, Name(letter.Market), letter.Symbol?.ToString(), letter.Channel is { } channel ? Name(channel) : null,
                    letter.Connection, letter.Epoch, letter.Position, letter.Received, letter.Reason]);
            insert.Bind(10, letter.Bytes).Step();
        }
    }

    public IReadOnlyList<DeadLetter> ReadDeadLetters(RealtimeRange range) => database.ReadRange(
        "SELECT m.venue, m.kind, m.symbol, m.channel, m.connection, m.epoch, m.position, m.time, m.reason, m.bytes FROM dead_letter m " +
        $"WHERE {RangeSql.OfMarket} AND {RangeSql.Times("m")} ORDER BY m.time, m.id",
        r => new DeadLetter(
            r.Text(0), KindOf(r.Text(1)), r.IsNull(2) ? null : Symbol.Parse(r.Text(2)), r.IsNull(3) ? null : ChannelOf(r.Text(3)),
            (int)r.Int64(4), (int)r.Int64(5), r.Int64(6), r.Time(7), r.Text(8), r.Bytes(9)),
        range);

    public void Write(IReadOnlyList<AccountRow> accounts)
    {
        foreach (var account in accounts)
        {
            database.Run(
                "INSERT INTO stream_account (session, venue, kind, symbol, channel, connection, time, received, applied, duplicate, stale, superseded, discarded, control, dead_lettered, buffered) " +
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (session, venue, kind, symbol, channel, connection) DO UPDATE SET time = excluded.time, " +
                "received = excluded.received, applied = excluded.applied, duplicate = excluded.duplicate, stale = excluded.stale, superseded = excluded.superseded, " +
                "discarded = excluded.discarded, control = excluded.control, dead_lettered = excluded.dead_lettered, buffered = excluded.buffered",
                account.Session, account.Venue, Name(account.Market), account.Symbol?.ToString() ?? "", account.Channel is { } channel ? Name(channel) : "", account.Connection,
                account.Time, account.Received, account[FrameOutcome.Applied], account[FrameOutcome.Duplicate], account[FrameOutcome.Stale], account[FrameOutcome.Superseded],
                account[FrameOutcome.Discarded], account[FrameOutcome.Control], account[FrameOutcome.DeadLettered], account[FrameOutcome.Buffered]);
        }
    }

    public IReadOnlyList<AccountRow> ReadAccounts(string? session) => database.Read(
        "SELECT session, venue, kind, symbol, channel, connection, time, received, applied, duplicate, stale, superseded, discarded, control, dead_lettered, buffered FROM stream_account " +
        "WHERE ?1 IS NULL OR session = ?1 ORDER BY session, venue, kind, symbol, channel, connection",
        r => new AccountRow(
            r.Text(0), r.Text(1), KindOf(r.Text(2)), r.Text(3).Length == 0 ? null : Symbol.Parse(r.Text(3)), r.Text(4).Length == 0 ? null : ChannelOf(r.Text(4)),
            (int)r.Int64(5), r.Time(6), r.Int64(7), [.. Enumerable.Range(8, 8).Select(r.Int64)]),
        session);

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static Channel ChannelOf(string name) => Enum.Parse<Channel>(name, ignoreCase: true);

    private static MarketKind KindOf(string name) => Enum.Parse<MarketKind>(name, ignoreCase: true);
}
