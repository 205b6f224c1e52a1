using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime.Books;

/// <summary>
/// Keeps one book in step with its stream by the venue's sequence rules, and knows at every moment whether it is right. The state turns
/// before anyone can see a wrong book; nothing is ever mended in silence.
/// </summary>
public sealed partial class BookKeeper
{
    private readonly IBookSequencer sequencer;
    private readonly IBookWatcher watcher;
    private readonly DiffBuffer buffer;
    private readonly IBookAudit audit;
    private BookPosition position;
    private bool hasSnapshot;
    private bool isInterrupted;
    private int oldestEpoch;

    internal BookKeeper(int number, Symbol symbol, IBookSequencer sequencer, int? levels, BookLimits limits, IBookWatcher watcher)
    {
        (Number, Symbol, this.sequencer, this.watcher) = (number, symbol, sequencer, watcher);
        Book = new OrderBook(NumberScale.Default, levels);
        buffer = new DiffBuffer(limits.BufferedDiffs, limits.BufferedLevels);
        audit = sequencer.NeedsSnapshot ? new JoinedAudit(sequencer, limits) : new SequencedAudit(levels, limits);
    }

    /// <summary>The market's number in its feed.</summary>
    public int Number { get; }

    public Symbol Symbol { get; }

    /// <summary>To be believed only while <see cref="State"/> is <see cref="BookState.Valid"/>.</summary>
    public OrderBook Book { get; }

    public BookState State { get; private set; }

    /// <summary>Since when the state has been so.</summary>
    public Timestamp Since { get; private set; }

    /// <summary>Epoch of the connection that brought the newest change.</summary>
    public int Epoch { get; private set; }

    /// <summary>The last update in the book; null without a snapshot.</summary>
    public long? Id => hasSnapshot ? position.LastId : null;

    /// <summary>The last update that was in the book, also when it has proved wrong since.</summary>
    public long LastId => position.LastId;

    /// <summary>Frames of epochs before this one do not count any more.</summary>
    internal int OldestEpoch => oldestEpoch;

    /// <summary>The book's first update: that of its snapshot.</summary>
    internal long SnapshotId => position.SnapshotId;

    /// <summary>The venue's number across streams of the newest change (Bybit <c>seq</c>); 0 where there is none.</summary>
    public long Sequence { get; private set; }

    /// <summary>The venue's time of the newest change; null where it does not say.</summary>
    public Timestamp? Time { get; private set; }

    /// <summary>When the newest change was received.</summary>
    public Timestamp Updated { get; private set; }

    /// <summary>Below this bid nothing is known but what has changed since; null where the snapshot was the whole side.</summary>
    public long? KnownBidFloor { get; private set; }

    /// <summary>Above this ask nothing is known but what has changed since; null where the snapshot was the whole side.</summary>
    public long? KnownAskCeiling { get; private set; }

    /// <summary>The market left the prices that the last snapshot showed; the next one must be deep.</summary>
    internal bool IsTooShallow { get; private set; }

    /// <summary>Audits in a row that could not tell whether the book is right.</summary>
    internal int UndecidedAudits { get; private set; }

    /// <summary>A fetched book is held until the stream has come so far.</summary>
    internal bool IsBeingAudited => audit.AwaitsStream;

    /// <summary>Account of the depth stream.</summary>
    public StreamAccount Account { get; } = new();

    /// <summary>Whether the best <paramref name="levels"/> of both sides lie within what the snapshot showed.</summary>
    public bool IsKnownTo(int levels) =>
        (KnownBidFloor is not { } floor || (Book.Bids.Count >= levels && Book.Bids[levels - 1].Price >= floor))
        && (KnownAskCeiling is not { } ceiling || (Book.Asks.Count >= levels && Book.Asks[levels - 1].Price <= ceiling));

    /// <summary>It was followed before, and what came since then is missing until it is good again.</summary>
    internal void Resume() => isInterrupted = true;

    /// <summary>A change from the stream.</summary>
    internal FrameOutcome OnDiff(in DepthUpdate diff, int epoch, Timestamp received)
    {
        if (epoch < oldestEpoch) return FrameOutcome.Stale;
        if (!hasSnapshot) return Hold(diff, epoch, received);
        switch (sequencer.Place(diff.Ids, position))
        {
            case DiffPlace.Next:
                Apply(diff, epoch, received, received);
                return FrameOutcome.Applied;
            case DiffPlace.Applied:
                return FrameOutcome.Duplicate;
            case DiffPlace.BeforeSnapshot:
                return FrameOutcome.Stale;
            case DiffPlace.Restart:
                return Install(diff, epoch, received, "restart");
            default:
                Break("sequence", diff.Ids.First, received);
                return Hold(diff, epoch, received);
        }
    }

    /// <summary>A snapshot that the stream brought.</summary>
    internal FrameOutcome OnStreamSnapshot(in DepthUpdate snapshot, int epoch, Timestamp received)
    {
        if (epoch < oldestEpoch) return FrameOutcome.Stale;
        if (hasSnapshot && epoch == Epoch && sequencer.PlaceSnapshot(snapshot.Ids.Last, position) == SnapshotPlace.Repeat) return FrameOutcome.Duplicate;
        // A successor's snapshot opens a sequence of its own; what the old connection still sends belongs to another.
        oldestEpoch = epoch;
        return Install(snapshot, epoch, received, "snapshot");
    }

    /// <summary>A new connection without a predecessor: nothing of the old book counts any more.</summary>
    internal void OnEpoch(int epoch, Timestamp now)
    {
        oldestEpoch = epoch;
        DropBuffer(FrameOutcome.Stale);
        Forget();
        if (State != BookState.Invalid) Turn(BookState.Syncing, "connected", now);
    }

    /// <summary>Frames of epochs before this one no longer count; the book goes on.</summary>
    internal void OnEpochEnded(int oldest) => oldestEpoch = Math.Max(oldestEpoch, oldest);

    /// <summary>The stream is silent; the next change in sequence makes it good again.</summary>
    internal void OnSilent(Timestamp now)
    {
        if (State is BookState.Valid or BookState.Empty) Turn(BookState.Stale, "silent", now);
    }

    /// <summary>The connection is gone, and with it what the venue says until the next one stands.</summary>
    internal void OnLost(Timestamp now)
    {
        if (State != BookState.Invalid) Turn(BookState.Stale, "disconnected", now);
        if (hasSnapshot) Interrupt("disconnect", Id, null, now);
    }

    /// <summary>Best prices that the venue gave for an update; where the book is at that update, they must be equal.</summary>
    internal void OnQuote(in QuoteUpdate quote, Timestamp now)
    {
        if (State != BookState.Valid || quote.Id != position.LastId || Book.IsOneSided) return;
        if (Book.Bids[0] != quote.Bid || Book.Asks[0] != quote.Ask) Break("audit", quote.Id, now);
    }

    internal bool TryRescale(NumberScale scale)
    {
        var old = Book.Scale;
        if (!buffer.TryRescale(old, scale)) return false;
        if (!Book.TryRescale(scale))
        {
            buffer.TryRescale(scale, old);
            return false;
        }

        audit.Forget();
        if (KnownBidFloor is { } floor) KnownBidFloor = NumberScale.Convert(floor, old.PriceDecimals, scale.PriceDecimals);
        if (KnownAskCeiling is { } ceiling) KnownAskCeiling = NumberScale.Convert(ceiling, old.PriceDecimals, scale.PriceDecimals);
        return true;
    }

    private FrameOutcome Install(in DepthUpdate snapshot, int epoch, Timestamp received, string cause)
    {
        if (audit.IsRunning) Settle(AuditVerdict.Undecided, received);
        audit.Forget();
        Book.Replace(snapshot.Bids, snapshot.Asks);
        position = new BookPosition(snapshot.Ids.Last, snapshot.Ids.Last, IsBridged: !sequencer.NeedsSnapshot);
        (hasSnapshot, Epoch, Time, Updated, Sequence) = (true, epoch, snapshot.Time, received, snapshot.Sequence);
        (KnownBidFloor, KnownAskCeiling, IsTooShallow) = (null, null, false);
        if (sequencer.NeedsSnapshot) Turn(BookState.Syncing, cause, received);
        else Judge(cause, received);
        watcher.OnBook(this, received);
        return FrameOutcome.Applied;
    }

    // Whoever is told of a change judges its age by the present moment, not by that at which it came and was held back.
    private void Apply(in DepthUpdate diff, int epoch, Timestamp received, Timestamp now)
    {
        Book.Apply(diff.Bids, diff.Asks);
        position = position with { LastId = diff.Ids.Last, IsBridged = true };
        (Epoch, Time, Updated, Sequence) = (epoch, diff.Time, received, diff.Sequence);
        Judge("in sequence", now);
        watcher.OnBook(this, now);
        if (audit.IsRunning && audit.OnDiff(diff, this) is { } verdict) Settle(verdict, now);
    }

    /// <summary>Says what the book is worth after a change, before anyone is told of the change.</summary>
    private void Judge(string cause, Timestamp now)
    {
        if (Book.IsCrossed)
        {
            Break("crossed", position.LastId, now);
            return;
        }

        if (!IsKnownTo(BookHash.Levels))
        {
            IsTooShallow = true;
            Break("depth", position.LastId, now);
            return;
        }

        Turn(Book.IsOneSided ? BookState.Empty : BookState.Valid, Book.IsOneSided ? "one side is empty" : cause, now);
        if (!isInterrupted) return;
        isInterrupted = false;
        watcher.OnRepaired(this, now);
    }

    private void Break(string cause, long? nextId, Timestamp now)
    {
        var last = Id;
        Turn(BookState.Invalid, cause, now);
        (hasSnapshot, UndecidedAudits) = (false, 0);
        audit.Forget();
        Interrupt(cause, last, nextId, now);
        watcher.OnWantsSnapshot(this, now);
    }

    private void Interrupt(string cause, long? lastId, long? nextId, Timestamp now)
    {
        if (isInterrupted) return;
        isInterrupted = true;
        watcher.OnBroken(this, cause, lastId, nextId, now);
    }

    private void Turn(BookState to, string cause, Timestamp now)
    {
        if (to == State) return;
        var from = State;
        (State, Since) = (to, now);
        watcher.OnState(this, from, cause, now);
    }

    private void Forget()
    {
        Book.Clear();
        audit.Forget();
        (hasSnapshot, position, Time, KnownBidFloor, KnownAskCeiling, UndecidedAudits) = (false, default, null, null, null, 0);
    }
}
