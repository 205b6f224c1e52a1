using Mts.Core.Books;

namespace Mts.Adapters.Binance;

/// <summary>Spot numbers every update; a change spans <c>U</c> to <c>u</c> and the next one starts at <c>u</c> + 1.</summary>
/// <remarks>https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams#how-to-manage-a-local-order-book-correctly</remarks>
public sealed class BinanceSpotSequencer : IBookSequencer
{
    public bool NeedsSnapshot => true;

    public DiffPlace Place(in DepthIds diff, in BookPosition book)
    {
        if (diff.Last <= book.SnapshotId) return DiffPlace.BeforeSnapshot;
        if (diff.Last <= book.LastId) return DiffPlace.Applied;
        return diff.First - 1 > book.LastId ? DiffPlace.Gap : DiffPlace.Next;
    }

    /// <summary>The stream brings no snapshots; whatever does, replaces.</summary>
    public SnapshotPlace PlaceSnapshot(long id, in BookPosition book) => SnapshotPlace.Replace;
}
