using Mts.Core.Market;

namespace Mts.Storage.Sqlite;

/// <summary>What to do with each bar of a segment, found by reading the stored bars of its range once, in order.</summary>
/// <param name="kinds">By index of the bar; null where all are new.</param>
/// <param name="revisions">The bars that replace another value, oldest first.</param>
internal sealed class MergePlan(MergePlan.Kind[]? kinds, IReadOnlyList<MergePlan.Revision> revisions)
{
    private const int MostPerRead = 8_192;

    // A jump further than this starts a new read, so that two lonely bars do not load the years between them.
    private const long MostIntervalsBetween = 1_000;

    public enum Kind : byte
    {
        New,
        Unchanged,
        Revised,
    }

    public IReadOnlyList<Revision> Revisions { get; } = revisions;

    public int Unchanged { get; } = kinds?.Count(k => k == Kind.Unchanged) ?? 0;

    public static MergePlan Make(Database database, StoredSeries series, ReadOnlySpan<Bar> bars)
    {
        Kind[]? kinds = null;
        var revisions = new List<Revision>();
        for (var start = 0; start < bars.Length;)
        {
            var end = EndOfRead(bars, start, series.Key.Interval);
            var stored = BarCursor.ReadOwned(database, series, bars[start].OpenTime, bars[end - 1].OpenTime);
            if (stored.Count > 0) Match(bars, start, end, stored, kinds ??= new Kind[bars.Length], revisions);
            start = end;
        }

        return new MergePlan(kinds, revisions);
    }

    public Kind Of(int index) => kinds is null ? Kind.New : kinds[index];

    /// <summary>Open times of the first and last bar that will be written.</summary>
    public (Timestamp First, Timestamp Last) Written(ReadOnlySpan<Bar> bars)
    {
        var (first, last) = (0, bars.Length - 1);
        while (Of(first) == Kind.Unchanged) first++;
        while (Of(last) == Kind.Unchanged) last--;
        return (bars[first].OpenTime, bars[last].OpenTime);
    }

    private static int EndOfRead(ReadOnlySpan<Bar> bars, int start, Interval interval)
    {
        var end = start + 1;
        while (end < bars.Length && end - start < MostPerRead
            && bars[end].OpenTime.Micros - bars[end - 1].OpenTime.Micros <= MostIntervalsBetween * interval.Micros) end++;
        return end;
    }

    private static void Match(ReadOnlySpan<Bar> bars, int start, int end, List<OwnedBar> stored, Kind[] kinds, List<Revision> revisions)
    {
        var next = 0;
        for (var i = start; i < end && next < stored.Count; i++)
        {
            while (next < stored.Count && stored[next].Bar.OpenTime < bars[i].OpenTime) next++;
            if (next == stored.Count || stored[next].Bar.OpenTime != bars[i].OpenTime) continue;
            var (old, segmentId) = stored[next];
            if (old.SameValues(bars[i]))
            {
                kinds[i] = Kind.Unchanged;
                continue;
            }

            kinds[i] = Kind.Revised;
            revisions.Add(new Revision(i, old, segmentId));
        }
    }

    /// <param name="Index">The bar's place in the new segment.</param>
    /// <param name="Old">The value it replaces.</param>
    /// <param name="SegmentId">The segment that loses it.</param>
    internal readonly record struct Revision(int Index, Bar Old, long SegmentId);
}

internal readonly record struct OwnedBar(Bar Bar, long SegmentId);
