using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Sqlite;

/// <summary>Holds bars that have been read already against the hashes of their segments.</summary>
internal static class ReadVerifier
{
    /// <param name="read">Bars in time order.</param>
    /// <param name="segments">Of their series.</param>
    /// <returns>Segments that are as they were written, and those that seem not to be.</returns>
    public static (HashSet<long> Sound, HashSet<long> Suspect) Verify(BarSeries read, IReadOnlyList<StoredSegment> segments)
    {
        var (sound, suspect) = (new HashSet<long>(), new HashSet<long>());
        var ordered = segments.Where(s => s.Rows > 0).OrderBy(s => s.First).ThenBy(s => s.Last).ToList();
        using var hasher = new RowsHasher();
        var reach = Timestamp.MinValue;
        for (var i = 0; i < ordered.Count; i++)
        {
            var segment = ordered[i];
            var isAlone = segment.First > reach && (i + 1 == ordered.Count || ordered[i + 1].First > segment.Last);
            reach = segment.Last > reach ? segment.Last : reach;
            if (!isAlone || !Holds(read, segment)) continue;
            (IsSound(read, segment, hasher) ? sound : suspect).Add(segment.Id);
        }

        return (sound, suspect);
    }

    private static bool Holds(BarSeries read, StoredSegment segment) =>
        read.Length > 0 && read.OpenTimes[0] <= segment.First.Micros && read.OpenTimes[^1] >= segment.Last.Micros;

    private static bool IsSound(BarSeries read, StoredSegment segment, RowsHasher hasher)
    {
        var (first, end) = (read.LowerBound(segment.First), read.LowerBound(new Timestamp(segment.Last.Micros + 1)));
        if (end - first != segment.Rows) return false;
        for (var i = first; i < end; i++) hasher.Add(read[i]);
        return hasher.Finish() == segment.RowsHash;
    }
}
