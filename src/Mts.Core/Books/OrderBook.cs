namespace Mts.Core.Books;

/// <summary>The levels of one market, keyed by exact integers. It knows nothing of sequence or time; whoever keeps it does.</summary>
/// <param name="scale">The unit of its numbers.</param>
/// <param name="maxLevels">Levels a side that the venue's stream covers; deeper ones are dropped. Null for all.</param>
public sealed class OrderBook(NumberScale scale, int? maxLevels = null)
{
    public NumberScale Scale { get; private set; } = scale;

    /// <summary>Levels a side that are kept; null for all.</summary>
    public int? MaxLevels => maxLevels;

    /// <summary>Best (highest) first.</summary>
    public BookSide Bids { get; } = new(isBid: true);

    /// <summary>Best (lowest) first.</summary>
    public BookSide Asks { get; } = new(isBid: false);

    /// <summary>A side has no level, so that there is no spread and no mid price.</summary>
    public bool IsOneSided => Bids.Count == 0 || Asks.Count == 0;

    /// <summary>The best bid is not below the best ask, which no exchange allows to last: the book is wrong.</summary>
    public bool IsCrossed => !IsOneSided && Bids.BestPrice >= Asks.BestPrice;

    /// <summary>Middle of the best prices, quote units; null where a side is empty.</summary>
    public double? Mid => IsOneSided ? null : (Scale.PriceToDouble(Bids.BestPrice) + Scale.PriceToDouble(Asks.BestPrice)) / 2;

    /// <summary>Forgets every level.</summary>
    public void Clear()
    {
        Bids.Clear();
        Asks.Clear();
    }

    /// <summary>A snapshot: what was there before is gone.</summary>
    public void Replace(ReadOnlySpan<LevelChange> bids, ReadOnlySpan<LevelChange> asks)
    {
        Clear();
        Apply(bids, asks);
    }

    /// <summary>Sets each level named; removing one that is not there is no error.</summary>
    public void Apply(ReadOnlySpan<LevelChange> bids, ReadOnlySpan<LevelChange> asks)
    {
        Bids.Apply(bids);
        Asks.Apply(asks);
        if (maxLevels is not { } most) return;
        Bids.Trim(most);
        Asks.Trim(most);
    }

    /// <summary>Changes the unit of the book's numbers without changing any of them.</summary>
    /// <returns>False where a level would not be exact in the new unit; the book is as it was.</returns>
    public bool TryRescale(NumberScale scale)
    {
        var old = Scale;
        if (!Bids.TryRescale(old.PriceDecimals, scale.PriceDecimals, old.SizeDecimals, scale.SizeDecimals)) return false;
        if (!Asks.TryRescale(old.PriceDecimals, scale.PriceDecimals, old.SizeDecimals, scale.SizeDecimals))
        {
            Bids.TryRescale(scale.PriceDecimals, old.PriceDecimals, scale.SizeDecimals, old.SizeDecimals);
            return false;
        }

        Scale = scale;
        return true;
    }
}
