using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime.Books;

/// <content>Joins a fetched snapshot to the changes that were held back for it.</content>
public sealed partial class BookKeeper
{
    /// <summary>A snapshot that was fetched beside the stream.</summary>
    /// <param name="snapshot">The book as the venue has it.</param>
    /// <param name="levels">Levels a side that were asked for; 0 where that is not known.</param>
    /// <param name="epoch">Epoch of the connection when it was asked for.</param>
    /// <param name="received">When it came.</param>
    internal FrameOutcome OnFetchedSnapshot(in DepthUpdate snapshot, int levels, int epoch, Timestamp received)
    {
        if (epoch < oldestEpoch) return FrameOutcome.Stale;
        if (hasSnapshot && State == BookState.Stale && position.IsBridged) return Check(snapshot, received);
        if ((hasSnapshot && position.IsBridged) || !sequencer.NeedsSnapshot)
        {
            if (audit.OnSnapshot(snapshot, levels, this) is { } verdict) Settle(verdict, received);
            return FrameOutcome.Control;
        }

        if (hasSnapshot && snapshot.Ids.Last <= position.SnapshotId) return FrameOutcome.Stale;
        if (IsOlderThanBuffer(snapshot.Ids.Last))
        {
            watcher.OnWantsSnapshot(this, received);
            return FrameOutcome.Stale;
        }

        var outcome = Install(snapshot, epoch, received, "snapshot");
        KnownBidFloor = levels > 0 && snapshot.Bids.Length >= levels ? snapshot.Bids[^1].Price : null;
        KnownAskCeiling = levels > 0 && snapshot.Asks.Length >= levels ? snapshot.Asks[^1].Price : null;
        Drain(received);
        return outcome;
    }

    /// <summary>Starts to compare the book with a snapshot that is about to be fetched; that of an earlier start is not under way any more.</summary>
    internal bool TryBeginAudit()
    {
        if (State != BookState.Valid || audit.AwaitsStream) return false;
        audit.End();
        audit.Begin(this);
        return true;
    }

    internal void CancelAudit() => audit.End();

    /// <summary>Tells a quiet market from a mute stream.</summary>
    private FrameOutcome Check(in DepthUpdate snapshot, Timestamp now)
    {
        if (sequencer.NeedsSnapshot ? snapshot.Ids.Last <= position.LastId || IsShown(snapshot) : IsLike(snapshot))
        {
            Judge("quiet", now);
            watcher.OnQuiet(this, now);
        }
        else
        {
            watcher.OnMuted(this, now);
        }

        return FrameOutcome.Control;
    }

    // Some venues number more than what they tell of.
    private bool IsShown(in DepthUpdate snapshot) => Begins(Book.Bids, snapshot.Bids) && Begins(Book.Asks, snapshot.Asks);

    private static bool Begins(BookSide side, ReadOnlySpan<LevelChange> levels)
    {
        if (side.Count < levels.Length) return false;
        for (var rank = 0; rank < levels.Length; rank++)
        {
            if (side[rank] != levels[rank]) return false;
        }

        return true;
    }

    private bool IsLike(in DepthUpdate snapshot)
    {
        var other = new OrderBook(Book.Scale);
        other.Replace(snapshot.Bids, snapshot.Asks);
        return BookHash.Text(other) == BookHash.Text(Book);
    }

    private void Settle(AuditVerdict verdict, Timestamp now)
    {
        UndecidedAudits = verdict == AuditVerdict.Undecided ? UndecidedAudits + 1 : 0;
        switch (verdict)
        {
            case AuditVerdict.Differs:
                Break("audit", position.LastId, now);
                break;
            case AuditVerdict.Equal when audit.Deeper(KnownBidFloor, KnownAskCeiling) is { } deeper:
                Book.Replace(deeper.Bids, deeper.Asks);
                (KnownBidFloor, KnownAskCeiling) = (deeper.BidFloor, deeper.AskCeiling);
                break;
        }

        audit.End();
    }

    private FrameOutcome Hold(in DepthUpdate diff, int epoch, Timestamp received)
    {
        if (diff.Ids.Last == 1 && !sequencer.NeedsSnapshot) return Install(diff, epoch, received, "restart");
        if (State != BookState.Invalid) Turn(BookState.Syncing, "waits for a snapshot", received);
        if (!sequencer.NeedsSnapshot) return FrameOutcome.Discarded;
        if (buffer.Count == 0) watcher.OnWantsSnapshot(this, received);
        if (buffer.TryAdd(diff, epoch, received)) return FrameOutcome.Buffered;
        DropBuffer(FrameOutcome.Discarded);
        Break("overflow", diff.Ids.First, received);
        return FrameOutcome.Discarded;
    }

    private bool IsOlderThanBuffer(long id)
    {
        var fresh = new BookPosition(id, id, IsBridged: false);
        for (var i = 0; i < buffer.Count; i++)
        {
            if (buffer.EpochAt(i) < oldestEpoch) continue;
            var place = sequencer.Place(buffer.IdsAt(i), fresh);
            if (place != DiffPlace.BeforeSnapshot) return place == DiffPlace.Gap;
        }

        return false;
    }

    // What was held back counts from now on: the gap lasted until now.
    private void Drain(Timestamp now)
    {
        var done = 0;
        for (; done < buffer.Count; done++)
        {
            var place = buffer.EpochAt(done) < oldestEpoch ? DiffPlace.BeforeSnapshot : sequencer.Place(buffer.IdsAt(done), position);
            if (place == DiffPlace.Next) Apply(buffer.At(done), buffer.EpochAt(done), buffer.ReceivedAt(done), now);
            else if (place is DiffPlace.Gap or DiffPlace.Restart) break;
            Account.Resolve(place switch
            {
                DiffPlace.Next => FrameOutcome.Applied,
                DiffPlace.Applied => FrameOutcome.Duplicate,
                _ => FrameOutcome.Stale,
            });
            if (!hasSnapshot)
            {
                done++;
                break;
            }
        }

        var next = done < buffer.Count && hasSnapshot ? buffer.IdsAt(done).First : (long?)null;
        if (done > 0) buffer.RemoveFirst(done);
        if (next is not null) Break("sequence", next, now);
    }

    private void DropBuffer(FrameOutcome outcome)
    {
        Account.Resolve(outcome, buffer.Count);
        buffer.Clear();
    }
}
