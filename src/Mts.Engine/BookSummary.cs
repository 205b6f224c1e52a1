using Mts.Core.Market;
using Mts.Core.Trading;

namespace Mts.Engine;

/// <summary>What a run inside recorded books has met there.</summary>
public sealed record BookSummary
{
    /// <summary>The queue model, as it is typed.</summary>
    public required string Model { get; init; }

    /// <summary>One for each market of the run.</summary>
    public required IReadOnlyList<BookCoverage> Markets { get; init; }

    /// <summary>Limit orders that waited in a queue, by the time at which they joined.</summary>
    public required IReadOnlyList<QueuedOrder> Queued { get; init; }

    /// <summary>Each fill of an order, in order; those of signals stand in the trades.</summary>
    public required IReadOnlyList<BookFill> Fills { get; init; }
}

/// <param name="Symbol">The market.</param>
/// <param name="Updates">Of its book, on the whole tape.</param>
/// <param name="Trades">On the whole tape.</param>
/// <param name="Losses">How often the book was not to be believed any more.</param>
public sealed record BookCoverage(string Symbol, int Updates, int Trades, int Losses);

/// <summary>A limit order that waited in a queue. Quantities in base units.</summary>
/// <param name="Id">Of the order.</param>
/// <param name="Symbol">The market.</param>
/// <param name="Side">Of the order.</param>
/// <param name="Price">On the market's tick.</param>
/// <param name="Joined">When.</param>
/// <param name="AheadAtEntry">What stood ahead of it then; null where the book never reached so far.</param>
/// <param name="AheadAtEnd">What stood ahead of it at its last fill, its end, or the end of the run.</param>
/// <param name="Filled">While it waited.</param>
/// <param name="FirstFill">Null where there was none.</param>
/// <param name="LastFill">Null where there was none.</param>
/// <param name="PlacesLost">How often its place was lost because the book was not to be believed.</param>
public sealed record QueuedOrder(
    long Id, string Symbol, Side Side, decimal Price, Timestamp Joined, decimal? AheadAtEntry, decimal? AheadAtEnd, decimal Filled, Timestamp? FirstFill, Timestamp? LastFill, int PlacesLost);

/// <param name="Id">Of the order.</param>
/// <param name="Symbol">The market.</param>
/// <param name="Side">Of the order.</param>
/// <param name="Quantity">Base units.</param>
/// <param name="Price">Before slippage.</param>
/// <param name="Time">When.</param>
/// <param name="How">By what.</param>
/// <param name="Ahead">What stood ahead of it just before, base units; null where it did not wait, or it is not known.</param>
public sealed record BookFill(long Id, string Symbol, Side Side, decimal Quantity, decimal Price, Timestamp Time, BookFillKind How, decimal? Ahead);

/// <summary>How an order in a recorded book came to its fill.</summary>
public enum BookFillKind
{
    /// <summary>It took what was offered.</summary>
    Taken,

    /// <summary>Its turn came at its price.</summary>
    Queue,

    /// <summary>The market traded beyond its price.</summary>
    Through,

    /// <summary>Somebody offered at its price or beyond, who would have met it.</summary>
    Crossed,
}
