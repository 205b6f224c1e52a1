using Mts.Core.Books;
using Mts.Core.Feeds;

namespace Mts.Pipeline.Realtime.Books;

/// <summary>
/// The audit where snapshots are joined to the stream: a second book is led from the fetched one to the kept one's update, by the rules of the
/// venue, and compared there.
/// </summary>
internal sealed class JoinedAudit(IBookSequencer sequencer, BookLimits limits) : IBookAudit
{
    private readonly DiffBuffer diffs = DiffBuffer.OfAudit(limits);
    private OrderBook? shadow;
    private BookPosition position;
    private long? floor, ceiling;

    public bool IsRunning { get; private set; }

    public bool AwaitsStream => shadow is not null;

    public void Begin(BookKeeper keeper) => IsRunning = true;

    public void End()
    {
        diffs.Clear();
        (IsRunning, shadow) = (false, null);
    }

    public void Forget() => End();

    public AuditVerdict? OnSnapshot(in DepthUpdate snapshot, int asked, BookKeeper keeper)
    {
        if (!IsRunning || shadow is not null) return null;
        shadow = new OrderBook(keeper.Book.Scale);
        shadow.Replace(snapshot.Bids, snapshot.Asks);
        position = new BookPosition(snapshot.Ids.Last, snapshot.Ids.Last, IsBridged: false);
        floor = asked > 0 && snapshot.Bids.Length >= asked ? snapshot.Bids[^1].Price : null;
        ceiling = asked > 0 && snapshot.Asks.Length >= asked ? snapshot.Asks[^1].Price : null;
        for (var i = 0; i < diffs.Count; i++)
        {
            if (!Follow(diffs.At(i))) return AuditVerdict.Undecided;
        }

        diffs.Clear();
        return Compare(keeper);
    }

    public AuditVerdict? OnDiff(in DepthUpdate diff, BookKeeper keeper)
    {
        if (shadow is null) return diffs.TryAdd(diff, keeper.Epoch, keeper.Updated) ? null : AuditVerdict.Undecided;
        return Follow(diff) ? Compare(keeper) : AuditVerdict.Undecided;
    }

    public DeeperBook? Deeper(long? bidFloor, long? askCeiling)
    {
        if (shadow is null || !(IsLower(floor, bidFloor) && IsLower(-ceiling, -askCeiling))) return null;
        return (bidFloor, askCeiling) == (floor, ceiling) ? null : new DeeperBook(shadow.Bids.ToArray(), shadow.Asks.ToArray(), floor, ceiling);
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
}
