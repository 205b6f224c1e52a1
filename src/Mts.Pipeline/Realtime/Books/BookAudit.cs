using Mts.Core.Books;
using Mts.Core.Feeds;

namespace Mts.Pipeline.Realtime.Books;

internal enum AuditVerdict
{
    Equal,
    Differs,
    Undecided,
}

/// <summary>
/// Holds the kept book against one that was fetched. The two are compared at the same update, so that a difference is an error and not a
/// matter of timing: where snapshots are joined to the stream, a second book is led from the snapshot to the kept one's update; where the
/// stream brings its own, the fetched book is held against the kept one at the same sequence number.
/// </summary>
internal sealed class BookAudit(IBookSequencer sequencer, int? maxLevels, BookLimits limits)
{
    private const int MostMoments = 256;

    private readonly DiffBuffer diffs = new(Math.Min(limits.BufferedDiffs, 2_000), Math.Min(limits.BufferedLevels, 100_000));
    private readonly List<(long Sequence, string Text)> moments = [];
    private OrderBook? shadow;
    private BookPosition position;
    private long sequence;
    private long? floor, ceiling;

    public bool IsRunning { get; private set; }

    public bool TryBegin()
    {
        if (IsRunning) return false;
        return IsRunning = true;
    }

    public void Cancel()
    {
        diffs.Clear();
        moments.Clear();
        (IsRunning, shadow) = (false, null);
    }

    public AuditVerdict? OnSnapshot(in DepthUpdate snapshot, int asked, BookKeeper keeper)
    {
        if (!IsRunning || shadow is not null) return null;
        shadow = new OrderBook(keeper.Book.Scale, maxLevels);
        shadow.Replace(snapshot.Bids, snapshot.Asks);
        (position, sequence) = (new BookPosition(snapshot.Ids.Last, snapshot.Ids.Last, IsBridged: false), snapshot.Sequence);
        floor = asked > 0 && snapshot.Bids.Length >= asked ? snapshot.Bids[^1].Price : null;
        ceiling = asked > 0 && snapshot.Asks.Length >= asked ? snapshot.Asks[^1].Price : null;
        if (!sequencer.NeedsSnapshot) return Meet();
        for (var i = 0; i < diffs.Count; i++)
        {
            if (!Follow(diffs.At(i))) return AuditVerdict.Undecided;
        }

        diffs.Clear();
        return Compare(keeper);
    }

    public AuditVerdict? OnDiff(in DepthUpdate diff, BookKeeper keeper)
    {
        if (!sequencer.NeedsSnapshot)
        {
            if (moments.Count == MostMoments) return AuditVerdict.Undecided;
            moments.Add((diff.Sequence, BookHash.Text(keeper.Book)));
            return shadow is null ? null : Meet();
        }

        if (shadow is null) return diffs.TryAdd(diff, keeper.Epoch, keeper.Updated) ? null : AuditVerdict.Undecided;
        return Follow(diff) ? Compare(keeper) : AuditVerdict.Undecided;
    }

    /// <summary>The second book, where it is known to deeper prices than the kept one.</summary>
    public DeeperBook? Deeper(long? bidFloor, long? askCeiling)
    {
        if (shadow is null || !sequencer.NeedsSnapshot || !(IsLower(floor, bidFloor) && IsLower(-ceiling, -askCeiling))) return null;
        return (bidFloor, askCeiling) == (floor, ceiling) ? null : new DeeperBook(Levels(shadow.Bids), Levels(shadow.Asks), floor, ceiling);
    }

    private static bool IsLower(long? bound, long? than) => bound is null || bound <= than;

    private bool Follow(in DepthUpdate diff)
    {
        switch (sequencer.Place(diff.Ids, position))
        {
            case DiffPlace.Next:
                shadow!.Apply(diff.Bids, diff.Asks);
                position = position with { LastId = diff.Ids.Last, IsBridged = true };
                return true;
            case DiffPlace.Applied or DiffPlace.BeforeSnapshot:
                return true;
            default:
                return false;
        }
    }

    private AuditVerdict? Compare(BookKeeper keeper)
    {
        if (!position.IsBridged || position.LastId != keeper.LastId) return null;
        return BookHash.Text(shadow!) == BookHash.Text(keeper.Book) ? AuditVerdict.Equal : AuditVerdict.Differs;
    }

    private AuditVerdict? Meet()
    {
        foreach (var (at, text) in moments)
        {
            if (at == sequence) return text == BookHash.Text(shadow!) ? AuditVerdict.Equal : AuditVerdict.Differs;
        }

        return moments.Count > 0 && moments[^1].Sequence > sequence ? AuditVerdict.Undecided : null;
    }

    private static LevelChange[] Levels(BookSide side) => [.. Enumerable.Range(0, side.Count).Select(rank => side[rank])];
}

/// <param name="Bids">Best first.</param>
/// <param name="Asks">Best first.</param>
/// <param name="BidFloor">Below it nothing is known; null for all known.</param>
/// <param name="AskCeiling">Above it nothing is known; null for all known.</param>
internal sealed record DeeperBook(LevelChange[] Bids, LevelChange[] Asks, long? BidFloor, long? AskCeiling);
