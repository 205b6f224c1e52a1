using Mts.Core.Books;
using Mts.Core.Feeds;

namespace Mts.Pipeline.Realtime.Books;

internal enum AuditVerdict
{
    Equal,
    Differs,
    Undecided,
}

/// <summary>Holds the kept book against one that was fetched, so that a difference is an error and not a matter of timing.</summary>
internal interface IBookAudit
{
    bool IsRunning { get; }

    /// <summary>Whether it has the fetched book and waits for the stream.</summary>
    bool AwaitsStream { get; }

    /// <summary>From now on every change that the kept book takes is told; the fetched book is on its way.</summary>
    void Begin(BookKeeper keeper);

    /// <summary>It is over, whatever came of it.</summary>
    void End();

    /// <summary>The kept book is another from now on: what earlier audits have found counts no more.</summary>
    void Forget();

    /// <param name="snapshot">What was fetched.</param>
    /// <param name="asked">Levels a side that were asked for; 0 where that is not known.</param>
    /// <param name="keeper">The kept book.</param>
    /// <returns>Null where the stream must come further first.</returns>
    AuditVerdict? OnSnapshot(in DepthUpdate snapshot, int asked, BookKeeper keeper);

    /// <summary>A change that the kept book has just taken.</summary>
    AuditVerdict? OnDiff(in DepthUpdate diff, BookKeeper keeper);

    /// <summary>The fetched book at the kept one's update, where it is known to deeper prices.</summary>
    DeeperBook? Deeper(long? bidFloor, long? askCeiling);
}

/// <param name="Bids">Best first.</param>
/// <param name="Asks">Best first.</param>
/// <param name="BidFloor">Below it nothing is known; null for all known.</param>
/// <param name="AskCeiling">Above it nothing is known; null for all known.</param>
internal sealed record DeeperBook(LevelChange[] Bids, LevelChange[] Asks, long? BidFloor, long? AskCeiling);
