using Mts.Core.Market;

namespace Mts.Core.Spreads;

/// <summary>What two markets of a pair are.</summary>
public enum PairKind
{
    /// <summary>Both are spot markets.</summary>
    Spot,

    /// <summary>Both are perpetuals.</summary>
    Perpetual,

    /// <summary>A spot market and a perpetual.</summary>
    Basis,
}

/// <summary>Buying in one market and selling in another, at a moment at which both books were valid and young.</summary>
/// <param name="Kind">What is held against what.</param>
/// <param name="Buy">Where it is bought.</param>
/// <param name="Sell">Where it is sold.</param>
/// <param name="Time">When the younger book was received.</param>
public sealed record CrossSpread(PairKind Kind, Instrument Buy, Instrument Sell, Timestamp Time)
{
    /// <summary>Best ask of <see cref="Buy"/>, quote units.</summary>
    public required double BuyPrice { get; init; }

    /// <summary>Best bid of <see cref="Sell"/>, quote units.</summary>
    public required double SellPrice { get; init; }

    /// <summary>Middle of the selling market less that of the buying one, quote units.</summary>
    public required double MidDifference { get; init; }

    /// <summary>Percent of the buy price, before costs; negative where it costs.</summary>
    public double GrossPercent => (SellPrice - BuyPrice) / BuyPrice * 100;

    /// <summary>Age of the older book.</summary>
    public required TimeSpan Age { get; init; }

    /// <summary>How much younger one book is than the other, by the venues' clocks brought into line.</summary>
    public required TimeSpan Skew { get; init; }

    /// <summary>By how much <see cref="Skew"/> may be wrong.</summary>
    public required TimeSpan SkewUncertainty { get; init; }

    /// <summary>The size with the greatest net profit; null where no size has any.</summary>
    public Execution? Best { get; init; }

    /// <summary>For each notional asked for, in its order; null where the depth does not reach.</summary>
    public IReadOnlyList<Execution?> ForNotionals { get; init; } = [];
}
