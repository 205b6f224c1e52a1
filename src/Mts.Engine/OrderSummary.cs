using Mts.Core.Trading;

namespace Mts.Engine;

/// <summary>What became of the orders of a run, bracket orders included.</summary>
public sealed record OrderSummary
{
    public required long Submitted { get; init; }

    /// <summary>In full.</summary>
    public required int Filled { get; init; }

    public required int Cancelled { get; init; }

    public required int Rejected { get; init; }

    public required int Expired { get; init; }

    /// <summary>At the end of the run.</summary>
    public required int Working { get; init; }

    /// <summary>All that were not filled in full, by id.</summary>
    public required IReadOnlyList<UnfilledOrder> Unfilled { get; init; }
}
