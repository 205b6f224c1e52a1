using Mts.Core.Market;

namespace Mts.Storage.Sqlite;

/// <summary>Bulk reading of bars.</summary>
internal static class BarCursor
{
    private const string Columns = "SELECT open_time, open, high, low, close, volume FROM bar WHERE series_id = ? AND open_time >= ? AND open_time < ? ORDER BY open_time";

    /// <summary>Adds the bars with <paramref name="from"/> ≤ open time &lt; <paramref name="until"/>.</summary>
    public static void Read(Database database, StoredSeries series, Timestamp from, Timestamp until, BarSeriesBuilder builder)
    {
        var statement = database.Prepare(Columns).Bind(1, series.Id).Bind(2, from.Micros).Bind(3, until.Micros);
        while (statement.Step())
        {
            builder.Add(
                statement.Int64(0), statement.Real(1), statement.Real(2), statement.Real(3), statement.Real(4),
                series.HasVolume ? statement.Real(5) : double.NaN);
        }
    }

    /// <summary>The bars with <paramref name="first"/> ≤ open time ≤ <paramref name="last"/>, each with its segment.</summary>
    public static List<OwnedBar> ReadOwned(Database database, StoredSeries series, Timestamp first, Timestamp last) => database.Read(
        "SELECT open_time, open, high, low, close, volume, segment_id FROM bar WHERE series_id = ? AND open_time BETWEEN ? AND ? ORDER BY open_time",
        r => new OwnedBar(new Bar(r.Time(0), r.Real(1), r.Real(2), r.Real(3), r.Real(4), r.RealOrNaN(5)), r.Int64(6)),
        series.Id, first, last);
}
