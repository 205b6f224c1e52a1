using Mts.Core.Books;

namespace Mts.Adapters.Bybit;

/// <summary>Each change of a book has the number after the one before it; <c>u</c> = 1 is a service that started again.</summary>
/// <param name="isStrict">
/// Whether a number left out is a gap. Only the page of the full book states that numbers rise by one, but recordings show it for all depths; false
/// takes any larger number for the next.
/// </param>
/// <remarks>https://bybit-exchange.github.io/docs/v5/websocket/public/orderbook</remarks>
public sealed class BybitSequencer(bool isStrict = true) : IBookSequencer
{
    private const long Restarted = 1;

    public bool NeedsSnapshot => false;

    public DiffPlace Place(in DepthIds diff, in BookPosition book)
    {
        if (diff.Last == Restarted) return DiffPlace.Restart;
        if (diff.Last <= book.SnapshotId) return DiffPlace.BeforeSnapshot;
        if (diff.Last <= book.LastId) return DiffPlace.Applied;
        return isStrict && diff.Last - 1 > book.LastId ? DiffPlace.Gap : DiffPlace.Next;
    }

    /// <summary>A quiet book is sent again after three seconds with the number that it had; two restarts in a row are not that.</summary>
    public SnapshotPlace PlaceSnapshot(long id, in BookPosition book) =>
        id == book.LastId && id != Restarted ? SnapshotPlace.Repeat : SnapshotPlace.Replace;
}
