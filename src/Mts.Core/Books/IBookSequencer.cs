namespace Mts.Core.Books;

/// <summary>A venue's rule for which change may follow which; pure and without memory.</summary>
public interface IBookSequencer
{
    /// <summary>True where changes need a snapshot fetched beside the stream; false where the stream brings its own.</summary>
    bool NeedsSnapshot { get; }

    /// <summary>Where a change belongs on a book that has a snapshot.</summary>
    DiffPlace Place(in DepthIds diff, in BookPosition book);

    /// <summary>Where a snapshot of the stream itself belongs on a book that has one; asked only within one connection.</summary>
    SnapshotPlace PlaceSnapshot(long id, in BookPosition book);
}

/// <summary>A change's numbers.</summary>
/// <param name="First">The first update in it (Binance <c>U</c>); the same as <paramref name="Last"/> where the venue counts messages.</param>
/// <param name="Last">The last update in it (<c>u</c>).</param>
/// <param name="Previous">The last update of the change before it (<c>pu</c>); null where the venue does not say.</param>
public readonly record struct DepthIds(long First, long Last, long? Previous = null);

/// <summary>How far a book has come.</summary>
/// <param name="SnapshotId">The last update in its snapshot.</param>
/// <param name="LastId">The last update in it.</param>
/// <param name="IsBridged">Whether a change has been applied on top of the snapshot.</param>
public readonly record struct BookPosition(long SnapshotId, long LastId, bool IsBridged);

/// <summary>Where a change belongs on a book.</summary>
public enum DiffPlace
{
    /// <summary>It follows without a gap.</summary>
    Next,

    /// <summary>All of it is in the book, by changes applied.</summary>
    Applied,

    /// <summary>All of it is in the snapshot.</summary>
    BeforeSnapshot,

    /// <summary>Something between the book and it is missing.</summary>
    Gap,

    /// <summary>The venue started again: it replaces the book like a snapshot.</summary>
    Restart,
}

/// <summary>What a snapshot of the stream means for a book that has one.</summary>
public enum SnapshotPlace
{
    /// <summary>It replaces the book.</summary>
    Replace,

    /// <summary>The venue repeats the book it sent before.</summary>
    Repeat,
}
