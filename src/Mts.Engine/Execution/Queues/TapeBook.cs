using Mts.Core.Books;
using Mts.Core.Market;
using Mts.Core.Trading;

namespace Mts.Engine.Execution.Queues;

/// <summary>The recorded book of one market as it goes by. Own orders do not move it; what they have taken of a level is gone for them until the level is stated with less.</summary>
internal sealed class TapeBook(BookTape tape)
{
    private readonly OrderBook book = new(NumberScale.Default);
    private readonly Dictionary<(bool IsBid, long Price), long> taken = [];
    private readonly Dictionary<(bool IsBid, long Price), long> traded = [];
    private long bidsKnownTo;
    private long asksKnownTo = long.MaxValue;
    private long bidsKnownBefore;
    private long asksKnownBefore = long.MaxValue;
    private int next;

    /// <summary>Whether it may be believed.</summary>
    public bool IsRight { get; private set; }

    /// <summary>Step of its prices.</summary>
    public long Tick => tape.Tick;

    /// <summary>When the next event happens; <see cref="long.MaxValue"/> at the end.</summary>
    public long Next => next < tape.Events.Length ? tape.Events[next].Time : long.MaxValue;

    /// <summary>The next event, without what it does.</summary>
    public ref readonly TapeEvent Take() => ref tape.Events[next++];

    /// <summary>States a level.</summary>
    /// <returns>What it showed before, and what has traded there since it was last stated.</returns>
    public (long Before, long Traded) State(bool isBid, long price, long size)
    {
        var before = (isBid ? book.Bids : book.Asks).SizeAt(price);
        book.Apply(isBid ? [new LevelChange(price, size)] : [], isBid ? [] : [new LevelChange(price, size)]);
        if (taken.Count > 0 && taken.TryGetValue((isBid, price), out var gone)) taken[(isBid, price)] = Math.Min(gone, size);
        return (before, traded.Remove((isBid, price), out var sum) ? sum : 0);
    }

    public void Know(TapeKind kind, long price)
    {
        if (kind == TapeKind.BidsKnownTo) bidsKnownTo = price;
        else asksKnownTo = price;
    }

    /// <summary>An update is complete, and the book right.</summary>
    public void Trust() => (IsRight, bidsKnownBefore, asksKnownBefore) = (true, bidsKnownTo, asksKnownTo);

    public void Doubt()
    {
        IsRight = false;
        taken.Clear();
        traded.Clear();
    }

    /// <summary>A trade takes from the side that rested.</summary>
    public void Trade(bool isBid, long price, long size) => traded[(isBid, price)] = traded.GetValueOrDefault((isBid, price)) + size;

    /// <summary>Whether the book reaches as far as the price.</summary>
    public bool Knows(bool isBid, long price) => isBid ? price >= bidsKnownTo : price <= asksKnownTo;

    /// <summary>Whether the book reached as far before the update under way, and does not any more: what is told of the price is not that it was emptied.</summary>
    public bool HasLeft(bool isBid, long price) => !Knows(isBid, price) && (isBid ? price >= bidsKnownBefore : price <= asksKnownBefore);

    /// <summary>What is shown at a price where orders of this side rest; null where the book does not reach so far and the level was never stated.</summary>
    public long? Shown(Side side, long price)
    {
        var isBid = side == Side.Buy;
        var size = (isBid ? book.Bids : book.Asks).SizeAt(price);
        return size > 0 || Knows(isBid, price) ? size : null;
    }

    /// <summary>What an order could take, best first, without what own orders have taken. Where the book does not reach so far there may be more than is told.</summary>
    /// <param name="side">Of the order: buyers take asks.</param>
    public IEnumerable<LevelChange> Offers(Side side)
    {
        var (isBid, levels) = (side == Side.Sell, side == Side.Sell ? book.Bids : book.Asks);
        for (var rank = 0; rank < levels.Count; rank++)
        {
            var level = levels[rank];
            var size = level.Size - taken.GetValueOrDefault((isBid, level.Price));
            if (size > 0) yield return level with { Size = size };
        }
    }

    /// <summary>The best price that an order could take; null where there is none.</summary>
    public long? Best(Side side)
    {
        foreach (var level in Offers(side)) return level.Price;
        return null;
    }

    /// <summary>An own order has taken from a level.</summary>
    public void Use(Side side, long price, WideInt quantity) =>
        taken[(side == Side.Sell, price)] = taken.GetValueOrDefault((side == Side.Sell, price)) + (long)quantity;
}
