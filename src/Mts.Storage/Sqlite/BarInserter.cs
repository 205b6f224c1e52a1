using Mts.Core.Market;

namespace Mts.Storage.Sqlite;

/// <summary>Bulk insertion of bars.</summary>
internal static class BarInserter
{
    /// <summary>Inserts the new bars of the plan, and hashes the new and the revised ones in time order.</summary>
    public static void Insert(Database database, long seriesId, long segmentId, ReadOnlySpan<Bar> bars, MergePlan plan, RowsHasher hasher)
    {
        var statement = database.Prepare("INSERT INTO bar (series_id, segment_id, open_time, open, high, low, close, volume) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
            .Bind(1, seriesId).Bind(2, segmentId);
        for (var i = 0; i < bars.Length; i++)
        {
            var kind = plan.Of(i);
            if (kind == MergePlan.Kind.Unchanged) continue;
            ref readonly var bar = ref bars[i];
            hasher.Add(bar);
            if (kind == MergePlan.Kind.Revised) continue;
            statement.Bind(3, bar.OpenTime.Micros).Bind(4, bar.Open).Bind(5, bar.High).Bind(6, bar.Low).Bind(7, bar.Close);
            // SQLite turns the NaN of a series without volume into NULL.
            statement.Bind(8, bar.Volume);
            statement.Step();
        }
    }
}
