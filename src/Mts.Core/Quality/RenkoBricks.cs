namespace Mts.Core.Quality;

/// <summary>The last brick of a Renko chart, and how it moves: up when the price reaches a brick above its top, down when it reaches one below its bottom.</summary>
/// <remarks>Nison, Beyond Candlesticks, 1994, chapter 8; the first brick has no height and stands at the first price.</remarks>
internal sealed class RenkoBricks(decimal size)
{
    private decimal? bottom;
    private decimal top;

    /// <summary>Where the last brick ended: its top after a rise, its bottom after a fall.</summary>
    public decimal Level { get; private set; }

    /// <returns>Bricks completed, with their direction as sign.</returns>
    public long Move(decimal price)
    {
        if (bottom is not { } low)
        {
            bottom = top = Level = price;
            return 0;
        }

        if (price >= top + size)
        {
            var up = (long)decimal.Floor((price - top) / size);
            (Level, top) = (top + (up * size), top + (up * size));
            bottom = top - size;
            return up;
        }

        if (price > low - size) return 0;
        var down = (long)decimal.Floor((low - price) / size);
        Level = low - (down * size);
        (bottom, top) = (Level, Level + size);
        return -down;
    }
}
