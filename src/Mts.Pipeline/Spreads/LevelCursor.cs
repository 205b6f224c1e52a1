using Mts.Core.Books;

namespace Mts.Pipeline.Spreads;

/// <summary>Walks one side of a book from the best price on, through as much of each level as may be counted on.</summary>
/// <param name="side">The side.</param>
/// <param name="scale">Unit of its numbers.</param>
/// <param name="isBid">Whether prices fall from level to level.</param>
/// <param name="edge">Price of the last level that is known; null where all are.</param>
/// <param name="depth">How far and how much.</param>
internal ref struct LevelCursor(BookSide side, NumberScale scale, bool isBid, long? edge, DepthLimits depth)
{
    private int rank = -1;

    public double Price { get; private set; }

    /// <summary>What is left of the level, base units.</summary>
    public double Left { get; private set; }

    public bool Next()
    {
        if (++rank >= Math.Min(side.Count, depth.Levels)) return false;
        var level = side[rank];
        if (edge is { } last && (isBid ? level.Price < last : level.Price > last)) return false;
        (Price, Left) = (scale.PriceToDouble(level.Price), scale.SizeToDouble(level.Size) * depth.Share);
        return true;
    }

    /// <returns>False where nothing is left behind what was taken.</returns>
    public bool Take(double size)
    {
        Left -= size;
        return Left > 0 || Next();
    }
}

/// <param name="Levels">Most levels a side.</param>
/// <param name="Share">The part of each level's size that is counted on, 0 to 1.</param>
internal readonly record struct DepthLimits(int Levels, double Share);
