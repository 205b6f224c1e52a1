using System.ComponentModel.DataAnnotations;

namespace Mts.Adapters.Venues;

/// <summary>What trading costs at the lowest tier of a venue, in basis points of notional.</summary>
public sealed record FeeSchedule
{
    /// <summary>For an order that waited in the book, −10 (a rebate) to 100.</summary>
    [Range(-10.0, 100.0)]
    public required decimal MakerBps { get; init; }

    /// <summary>For an order that took from the book, 0 to 100.</summary>
    [Range(0.0, 100.0)]
    public required decimal TakerBps { get; init; }
}
