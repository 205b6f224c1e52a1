using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Quality;

namespace Mts.Pipeline.History;

/// <summary>How whole a stored series is.</summary>
/// <param name="Series">The series.</param>
/// <param name="Holes">Its holes between first and last bar.</param>
/// <param name="MissingBars">Bars missing in them.</param>
/// <param name="Share">Bars there are over bars there should be, 0 to 1; null for an empty series.</param>
/// <param name="Age">Time since the newest bar closed.</param>
public sealed record Coverage(SeriesInfo Series, IReadOnlyList<Hole> Holes, long MissingBars, double? Share, TimeSpan? Age)
{
    public static Coverage Of(SeriesInfo series, IBarStore store, Timestamp now)
    {
        var holes = Core.Quality.Holes.Find(store.ReadBars(series.Key, Timestamp.MinValue, Timestamp.MaxValue).OpenTimes, series.Key.Interval);
        var missing = holes.Sum(h => h.Bars);
        return new Coverage(
            series, holes, missing,
            series.Bars == 0 ? null : (double)series.Bars / (series.Bars + missing),
            series.Last is { } last ? now - new Timestamp(last.Micros + series.Key.Interval.Micros) : null);
    }
}
