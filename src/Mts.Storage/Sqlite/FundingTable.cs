using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Sqlite;

/// <summary>Settled funding.</summary>
/// <remarks>
/// Venues stamp a settlement with some milliseconds past the hour, archives round them off; rates within a minute of one another are the
/// same settlement and keep the time that was stored first, lest it be paid twice.
/// </remarks>
internal sealed class FundingTable(Database database)
{
    private const long SameSettlementMicros = 60 * Timestamp.MicrosPerSecond;

    private readonly VenueSeries all = new(database, "funding_series", "symbol");

    public WriteCounts Write(string venue, Symbol symbol, IReadOnlyList<FundingRate> rates, Provenance provenance) =>
        all.Write(venue, symbol.ToString(), rates, provenance, (series, rate, origin) => Write(series, rate, provenance, origin));

    public IReadOnlyList<FundingRate> Read(string venue, Symbol symbol, Timestamp from, Timestamp until) => all.Find(venue, symbol.ToString()) is not { } series ? [] : database.Read(
        "SELECT time, rate, mark_price FROM funding WHERE series_id = ? AND time >= ? AND time < ? ORDER BY time", Row, series, from, until);

    public IReadOnlyList<FundingInfo> List() => database.Read(
        "SELECT r.venue, r.symbol, count(*), min(f.time), max(f.time) FROM funding_series r JOIN funding f ON f.series_id = r.id GROUP BY r.id ORDER BY r.venue, r.symbol",
        r => new FundingInfo(r.Text(0), Symbol.Parse(r.Text(1)), r.Int64(2), r.Time(3), r.Time(4)));

    private WriteCounts Write(long series, FundingRate rate, Provenance provenance, Lazy<long> origin)
    {
        if (!double.IsFinite(rate.Rate)) throw new DataValidationException($"The funding rate at {rate.Time} is not finite; nothing was written.");
        if (SameSettlement(series, rate.Time) is not { } stored)
        {
            database.Run(
                "INSERT INTO funding (series_id, time, rate, mark_price, provenance_id) VALUES (?, ?, ?, ?, ?)", series, rate.Time, rate.Rate, rate.MarkPrice, origin.Value);
            return new WriteCounts(1, 0, 0);
        }

        // A source that does not give the mark price does not contradict one that does.
        if (stored.Rate.Equals(rate.Rate) && (rate.MarkPrice is null || rate.MarkPrice.Equals(stored.MarkPrice))) return new WriteCounts(0, 1, 0);
        database.Run(
            "INSERT INTO funding_revision (series_id, time, rate, mark_price, provenance_id, superseded_at) " +
            "SELECT series_id, time, rate, mark_price, provenance_id, ? FROM funding WHERE series_id = ? AND time = ?", provenance.FetchedAt, series, stored.Time);
        database.Run(
            "UPDATE funding SET rate = ?3, mark_price = coalesce(?4, mark_price), provenance_id = ?5 WHERE series_id = ?1 AND time = ?2",
            series, stored.Time, rate.Rate, rate.MarkPrice, origin.Value);
        return new WriteCounts(0, 0, 1);
    }

    private FundingRate? SameSettlement(long series, Timestamp time) => database.Read(
        "SELECT time, rate, mark_price FROM funding WHERE series_id = ? AND time BETWEEN ? AND ? ORDER BY abs(time - ?) LIMIT 1",
        Row, series, time.Micros - SameSettlementMicros, time.Micros + SameSettlementMicros, time) is [var found] ? found : null;

    private static FundingRate Row(Statement row) => new(row.Time(0), row.Real(1), row.RealOrNull(2));
}
