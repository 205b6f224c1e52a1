namespace Mts.Core.Books;

/// <summary>What a book is good for. Only a <see cref="Valid"/> one may give a price, a spread or a signal.</summary>
public enum BookState
{
    /// <summary>Nothing is known yet, or the book is in sequence and a side of it is empty.</summary>
    Empty,

    /// <summary>Messages are being collected or a snapshot is in, and nothing proves yet that they join.</summary>
    Syncing,

    /// <summary>Every change since the snapshot was applied, in order, once.</summary>
    Valid,

    /// <summary>Right as far as it goes, but no progress was seen for too long, or its connection is gone.</summary>
    Stale,

    /// <summary>A gap, a crossed book or an audit proved it wrong; a new snapshot is on its way.</summary>
    Invalid,
}
