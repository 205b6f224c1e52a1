using Mts.Core.Spreads;

namespace Mts.Pipeline.Spreads;

/// <summary>What has been bought and sold on the way through two books.</summary>
internal struct Legs
{
    private double bought;
    private double sold;

    public double Size { get; private set; }

    /// <summary>Quote units, without fees.</summary>
    public readonly double Notional => bought;

    /// <summary>As much as a level has, within <paramref name="maxNotional"/>.</summary>
    public readonly double Room(double left, double price, double maxNotional) => Math.Min(left, Math.Max(0, maxNotional - bought) / price);

    /// <returns>False where there is nothing more to take: a level was left unfinished, or a side is at its end.</returns>
    public bool Add(ref LevelCursor asks, ref LevelCursor bids, double size)
    {
        Size += size;
        bought += size * asks.Price;
        sold += size * bids.Price;
        if (size < asks.Left && size < bids.Left) return false;
        return asks.Take(size) & bids.Take(size);
    }

    public readonly Execution Executed(in TradeTerms terms) => new(
        Size, bought / Size, sold / Size, (bought * terms.BuyFee) + (sold * terms.SellFee), Size * terms.Funding, terms.TransferCost + (bought * terms.TransferRate));
}
