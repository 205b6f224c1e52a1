using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Sqlite;

/// <summary>Price samples at irregular moments.</summary>
internal sealed class PointTable(Database database)
{
    private readonly VenueSeries all = new(database, "point_series", "asset");

    public WriteCounts Write(string venue, string assetId, IReadOnlyList<PricePoint> points, Provenance provenance) =>
        all.Write(venue, assetId, points, provenance, (series, point, origin) => Write(series, point, provenance, origin));

    public IReadOnlyList<PricePoint> Read(string venue, string assetId, Timestamp from, Timestamp until) => all.Find(venue, assetId) is not { } series ? [] : database.Read(
        "SELECT time, price, trailing_volume FROM point WHERE series_id = ? AND time >= ? AND time < ? ORDER BY time", Row, series, from, until);

    public IReadOnlyList<PointSeriesInfo> List() => database.Read(
        "SELECT r.venue, r.asset, count(*), min(p.time), max(p.time) FROM point_series r JOIN point p ON p.series_id = r.id GROUP BY r.id ORDER BY r.venue, r.asset",
        r => new PointSeriesInfo(r.Text(0), r.Text(1), r.Int64(2), r.Time(3), r.Time(4)));

    private WriteCounts Write(long series, PricePoint point, Provenance provenance, Lazy<long> origin)
    {
        if (!double.IsFinite(point.Price)) throw new DataValidationException($"The point at {point.Time} has no finite price; nothing was written.");
        if (database.Read("SELECT time, price, trailing_volume FROM point WHERE series_id = ? AND time = ?", Row, series, point.Time) is [var stored])
        {
            if (stored == point) return new WriteCounts(0, 1, 0);
            database.Run(
                "INSERT INTO point_revision (series_id, time, price, trailing_volume, provenance_id, superseded_at) " +
                "SELECT series_id, time, price, trailing_volume, provenance_id, ? FROM point WHERE series_id = ? AND time = ?", provenance.FetchedAt, series, point.Time);
            database.Run(
                "UPDATE point SET price = ?3, trailing_volume = ?4, provenance_id = ?5 WHERE series_id = ?1 AND time = ?2",
                series, point.Time, point.Price, point.TrailingVolume, origin.Value);
            return new WriteCounts(0, 0, 1);
        }

        database.Run(
            "INSERT INTO point (series_id, time, price, trailing_volume, provenance_id) VALUES (?, ?, ?, ?, ?)",
            series, point.Time, point.Price, point.TrailingVolume, origin.Value);
        return new WriteCounts(1, 0, 0);
    }

    private static PricePoint Row(Statement row) => new(row.Time(0), row.Real(1), row.RealOrNull(2));
}
