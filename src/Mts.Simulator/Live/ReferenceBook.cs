using Mts.Simulator.Model;

namespace Mts.Simulator.Live;

/// <summary>The true book at one update id: the best levels of each side, best first.</summary>
public sealed record ReferenceBook(IReadOnlyList<(decimal Price, decimal Size)> Bids, IReadOnlyList<(decimal Price, decimal Size)> Asks)
{
    internal static ReferenceBook Of(LiveBook book, Listing listing, int levels) => new(Top(book.Bids, listing, levels), Top(book.Asks, listing, levels));

    private static (decimal Price, decimal Size)[] Top(LiveSide side, Listing listing, int levels)
    {
        var top = new (decimal, decimal)[Math.Min(levels, side.Count)];
        for (var rank = 0; rank < top.Length; rank++)
        {
            top[rank] = (Scaled(side.PriceAt(rank), listing.PriceDecimals), Scaled(side.QuantityAt(rank), listing.LotDecimals));
        }

        return top;
    }

    private static decimal Scaled(long units, int decimals) => new((int)units, (int)(units >> 32), 0, false, (byte)decimals);
}
