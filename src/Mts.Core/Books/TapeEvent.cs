namespace Mts.Core.Books;

/// <summary>One thing on a <see cref="BookTape"/>; prices and sizes are integers of 10⁻⁸.</summary>
/// <param name="Time">When it was received, Unix microseconds.</param>
/// <param name="Kind">What.</param>
/// <param name="Price">Of the level or trade, or where knowledge of a side ends; 0 where there is none.</param>
/// <param name="Size">From now on at the level, or traded; 0 where there is none.</param>
public readonly record struct TapeEvent(long Time, TapeKind Kind, long Price = 0, long Size = 0);

/// <summary>As wide as the other fields, so that events have no unused bytes and can be hashed as they lie.</summary>
public enum TapeKind : long
{
    /// <summary>A level of the bids; size 0 removes it.</summary>
    Bid,

    /// <summary>A level of the asks; size 0 removes it.</summary>
    Ask,

    /// <summary>Nothing is known of bids below the price; 0 where all are known.</summary>
    BidsKnownTo,

    /// <summary>Nothing is known of asks above the price; <see cref="long.MaxValue"/> where all are known.</summary>
    AsksKnownTo,

    /// <summary>The events before it are one update, and the book is right.</summary>
    Changed,

    /// <summary>The book is not to be believed until the next <see cref="Changed"/>.</summary>
    Lost,

    /// <summary>A trade whose taker sold.</summary>
    Sold,

    /// <summary>A trade whose taker bought.</summary>
    Bought,
}
