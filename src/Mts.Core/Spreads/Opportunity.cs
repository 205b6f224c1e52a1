using Mts.Core.Market;

namespace Mts.Core.Spreads;

/// <summary>Why an opportunity is over.</summary>
public enum OpportunityEnd
{
    /// <summary>It no longer pays enough.</summary>
    Closed,

    /// <summary>A book is not valid any more.</summary>
    NotValid,

    /// <summary>A book is too old.</summary>
    TooOld,

    /// <summary>What funding will cost is not known any more.</summary>
    FundingUnknown,

    /// <summary>It became too good to be true.</summary>
    Implausible,

    /// <summary>Nobody looks any more.</summary>
    Stopped,
}

/// <summary>A sighting of an opportunity.</summary>
/// <param name="Time">When.</param>
/// <param name="Execution">What could be had.</param>
public readonly record struct Sighting(Timestamp Time, Execution Execution);

/// <summary>A spread between two markets that pays after all costs, from its first sighting on.</summary>
public sealed record Opportunity
{
    /// <summary>Never given twice: markets, opening time and a number.</summary>
    public required string Id { get; init; }

    public required PairKind Kind { get; init; }

    public required Instrument Buy { get; init; }

    public required Instrument Sell { get; init; }

    public required Sighting First { get; init; }

    /// <summary>The one with the greatest net profit.</summary>
    public required Sighting Best { get; init; }

    public required Sighting Last { get; init; }

    /// <summary>How often it was seen.</summary>
    public required long Sightings { get; init; }

    /// <summary>When it was over; null while it lasts.</summary>
    public Timestamp? Ended { get; init; }

    /// <summary>Why it was over; null while it lasts.</summary>
    public OpportunityEnd? End { get; init; }

    /// <summary>From the first sighting to the end, or to the last sighting while it lasts.</summary>
    public TimeSpan Duration => (Ended ?? Last.Time) - First.Time;
}
