using Mts.Core.Books;
using Mts.Core.Feeds;

namespace Mts.Pipeline.Realtime.Books;

/// <summary>
/// The audit where the stream brings its own snapshots, and a number across streams says how old a book is (Bybit <c>seq</c>). The kept book of the
/// beginning is led along with the stream to the number of the fetched one. Where a message has that very number, any difference is an error.
/// Mostly it lies between two messages: then the later one is applied to both, and they must be equal. A level that changed and changed back
/// between the two messages is in neither of them, so such a difference counts only when the next audit finds it just so.
/// </summary>
internal sealed class SequencedAudit(int? maxLevels, BookLimits limits) : IBookAudit
{
    private readonly DiffBuffer diffs = DiffBuffer.OfAudit(limits);
    private readonly List<LevelDifference> suspects = [];
    private readonly List<LevelDifference> found = [];
    private OrderBook? kept;
    private OrderBook? fetched;
    private long sequence;
    private bool areBidsCut, areAsksCut;

    public bool IsRunning => kept is not null;

    public bool AwaitsStream => fetched is not null;

    public void Begin(BookKeeper keeper)
    {
        kept = new OrderBook(keeper.Book.Scale, maxLevels);
        kept.Replace(keeper.Book.Bids.ToArray(), keeper.Book.Asks.ToArray());
        sequence = keeper.Sequence;
    }

    public void End()
    {
        diffs.Clear();
        (kept, fetched) = (null, null);
    }

    public void Forget()
    {
        End();
        suspects.Clear();
    }

    public AuditVerdict? OnSnapshot(in DepthUpdate snapshot, int asked, BookKeeper keeper)
    {
        if (kept is null || fetched is not null) return null;
        // It is from before the beginning, and the book as it was then is gone.
        if (snapshot.Sequence == 0 || snapshot.Sequence < sequence) return AuditVerdict.Undecided;
        fetched = new OrderBook(kept.Scale, maxLevels);
        fetched.Replace(snapshot.Bids, snapshot.Asks);
        (areBidsCut, areAsksCut) = (asked > 0 && snapshot.Bids.Length >= asked, asked > 0 && snapshot.Asks.Length >= asked);
        if (snapshot.Sequence == sequence) return AreEqual() ? AuditVerdict.Equal : AuditVerdict.Differs;
        sequence = snapshot.Sequence;
        for (var i = 0; i < diffs.Count; i++)
        {
            if (Follow(diffs.At(i)) is { } verdict) return verdict;
        }

        diffs.Clear();
        return AreEqual() ? AuditVerdict.Equal : null;
    }

    public AuditVerdict? OnDiff(in DepthUpdate diff, BookKeeper keeper)
    {
        if (fetched is null) return diffs.TryAdd(diff, keeper.Epoch, keeper.Updated) ? null : AuditVerdict.Undecided;
        return Follow(diff);
    }

    public DeeperBook? Deeper(long? bidFloor, long? askCeiling) => null;

    private AuditVerdict? Follow(in DepthUpdate diff)
    {
        kept!.Apply(diff.Bids, diff.Asks);
        if (diff.Sequence < sequence) return null;
        if (diff.Sequence == sequence) return AreEqual() ? AuditVerdict.Equal : AuditVerdict.Differs;
        fetched!.Apply(diff.Bids, diff.Asks);
        if (AreEqual()) return AuditVerdict.Equal;
        if (found.Exists(suspects.Contains)) return AuditVerdict.Differs;
        suspects.Clear();
        suspects.AddRange(found);
        return AuditVerdict.Undecided;
    }

    private bool AreEqual()
    {
        found.Clear();
        LevelDifference.Collect(kept!.Bids, fetched!.Bids, isBid: true, maxLevels, areBidsCut, found);
        LevelDifference.Collect(kept.Asks, fetched.Asks, isBid: false, maxLevels, areAsksCut, found);
        return found.Count == 0;
    }
}
