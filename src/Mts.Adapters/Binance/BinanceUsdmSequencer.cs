using Mts.Core.Books;

namespace Mts.Adapters.Binance;

/// <summary>Perpetuals leave out numbers; a change names the last update of the one before it (<c>pu</c>), and only that says what follows.</summary>
/// <remarks>https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/How-to-manage-a-local-order-book-correctly</remarks>
public sealed class BinanceUsdmSequencer : IBookSequencer
{
    public bool NeedsSnapshot => true;

    public DiffPlace Place(in DepthIds diff, in BookPosition book)
    {
        if (book.IsBridged) return Follow(diff, book);
        if (diff.Last < book.SnapshotId) return DiffPlace.BeforeSnapshot;
        // The snapshot lies in the change, or the change starts where the snapshot ends.
        return diff.First <= book.SnapshotId || diff.Previous == book.SnapshotId ? DiffPlace.Next : DiffPlace.Gap;
    }

    /// <inheritdoc cref="BinanceSpotSequencer.PlaceSnapshot"/>
    public SnapshotPlace PlaceSnapshot(long id, in BookPosition book) => SnapshotPlace.Replace;

    private static DiffPlace Follow(in DepthIds diff, in BookPosition book)
    {
        if (diff.Last < book.SnapshotId) return DiffPlace.BeforeSnapshot;
        if (diff.Last <= book.LastId) return DiffPlace.Applied;
        return diff.Previous == book.LastId ? DiffPlace.Next : DiffPlace.Gap;
    }
}
