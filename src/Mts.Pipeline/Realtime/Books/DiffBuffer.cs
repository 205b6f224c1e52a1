using System.Runtime.InteropServices;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime.Books;

/// <summary>Changes that wait for a snapshot, in the order in which they came. Its memory is kept and used again.</summary>
internal sealed class DiffBuffer(int mostDiffs, int mostLevels)
{
    private readonly List<Entry> entries = [];
    private readonly List<LevelChange> levels = [];

    /// <summary>One for the short while of an audit.</summary>
    public static DiffBuffer OfAudit(BookLimits limits) => new(Math.Min(limits.BufferedDiffs, 2_000), Math.Min(limits.BufferedLevels, 100_000));

    public int Count => entries.Count;

    /// <returns>False when it is full; nothing was added.</returns>
    public bool TryAdd(in DepthUpdate diff, int epoch, Timestamp received)
    {
        if (entries.Count >= mostDiffs || levels.Count + diff.Bids.Length + diff.Asks.Length > mostLevels) return false;
        entries.Add(new Entry(diff.Ids, epoch, received, diff.Time, diff.Sequence, levels.Count, diff.Bids.Length, diff.Asks.Length));
        levels.AddRange(diff.Bids);
        levels.AddRange(diff.Asks);
        return true;
    }

    public DepthIds IdsAt(int i) => entries[i].Ids;

    public int EpochAt(int i) => entries[i].Epoch;

    public Timestamp ReceivedAt(int i) => entries[i].Received;

    public DepthUpdate At(int i)
    {
        var entry = entries[i];
        var all = CollectionsMarshal.AsSpan(levels);
        return new DepthUpdate(entry.Ids, isSnapshot: false, entry.Time, all.Slice(entry.Start, entry.Bids), all.Slice(entry.Start + entry.Bids, entry.Asks), entry.Sequence);
    }

    /// <summary>Drops the oldest <paramref name="count"/>.</summary>
    public void RemoveFirst(int count)
    {
        if (count == entries.Count)
        {
            Clear();
            return;
        }

        var dropped = entries[count].Start;
        levels.RemoveRange(0, dropped);
        entries.RemoveRange(0, count);
        foreach (ref var entry in CollectionsMarshal.AsSpan(entries)) entry = entry with { Start = entry.Start - dropped };
    }

    public void Clear()
    {
        entries.Clear();
        levels.Clear();
    }

    /// <summary>All or nothing.</summary>
    public bool TryRescale(NumberScale from, NumberScale to)
    {
        foreach (var level in levels)
        {
            if (from.Convert(level, to) is null) return false;
        }

        foreach (ref var level in CollectionsMarshal.AsSpan(levels)) level = from.Convert(level, to)!.Value;
        return true;
    }

    private readonly record struct Entry(DepthIds Ids, int Epoch, Timestamp Received, Timestamp? Time, long Sequence, int Start, int Bids, int Asks);
}
