using Mts.Core.Market;

namespace Mts.Core.Quality;

/// <summary>Finds holes in a series' grid.</summary>
public static class Holes
{
    /// <param name="openTimes">Unix microseconds, rising, on the grid.</param>
    /// <param name="interval">The grid.</param>
    /// <param name="from">First open time that should be there; null for the first there is.</param>
    /// <param name="until">End of what should be there, exclusive; null for the last there is.</param>
    public static IReadOnlyList<Hole> Find(ReadOnlySpan<long> openTimes, Interval interval, Timestamp? from = null, Timestamp? until = null)
    {
        var holes = new List<Hole>();
        var expected = from?.Micros ?? (openTimes.IsEmpty ? 0 : openTimes[0]);
        foreach (var time in openTimes)
        {
            if (time > expected) Add(expected, time);
            expected = Math.Max(expected, time + interval.Micros);
        }

        if (until is { } end && expected < end.Micros && (from is not null || !openTimes.IsEmpty)) Add(expected, end.Micros);
        return holes;

        void Add(long first, long next) => holes.Add(new Hole(new Timestamp(first), new Timestamp(next), (next - first + interval.Micros - 1) / interval.Micros));
    }
}
