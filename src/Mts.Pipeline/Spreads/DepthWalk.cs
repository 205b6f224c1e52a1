using Mts.Core.Spreads;

namespace Mts.Pipeline.Spreads;

/// <summary>
/// Goes through the asks of one book and the bids of another at once, level against level. Each further unit costs more and brings less, so
/// that the net profit over size is concave, and its greatest value lies where a unit stops paying.
/// </summary>
internal static class DepthWalk
{
    // Sums of levels do not meet a notional to the last bit.
    private const double Whole = 1 - 1e-9;

    /// <summary>The size with the greatest net profit among those that return at least <paramref name="leastReturn"/> of what is bought.</summary>
    /// <returns>Null where no size does.</returns>
    public static Execution? Best(LevelCursor asks, LevelCursor bids, in TradeTerms terms, double maxNotional, double leastReturn)
    {
        if (!asks.Next() || !bids.Next()) return null;
        var legs = new Legs();
        // By how much the net profit so far exceeds what the least return asks for; it rises, then it falls.
        var (surplus, pays) = (-terms.TransferCost, false);
        while (true)
        {
            var perUnit = terms.NetPerUnit(asks.Price, bids.Price);
            var gain = perUnit - (leastReturn * asks.Price);
            if (perUnit <= 0 || (gain <= 0 && surplus <= 0)) break;
            var size = legs.Room(Math.Min(asks.Left, bids.Left), asks.Price, maxNotional);
            if (surplus + (gain * size) < 0 && gain < 0) size = surplus / -gain;
            surplus += gain * size;
            pays |= surplus >= 0;
            if (!legs.Add(ref asks, ref bids, size)) break;
        }

        return pays && legs.Size > 0 ? legs.Executed(terms) : null;
    }

    /// <summary>What it brings to buy for <paramref name="notional"/>, profit or loss.</summary>
    /// <returns>Null where the depth does not reach.</returns>
    public static Execution? For(LevelCursor asks, LevelCursor bids, in TradeTerms terms, double notional)
    {
        if (!asks.Next() || !bids.Next()) return null;
        var legs = new Legs();
        while (legs.Add(ref asks, ref bids, legs.Room(Math.Min(asks.Left, bids.Left), asks.Price, notional)) && legs.Notional < notional * Whole)
        {
        }

        return legs.Notional >= notional * Whole ? legs.Executed(terms) : null;
    }
}
