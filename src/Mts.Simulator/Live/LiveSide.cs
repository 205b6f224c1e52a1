namespace Mts.Simulator.Live;

/// <summary>One side of a book: sorted levels, the best at the end, where most changes are.</summary>
/// <param name="direction">1 for bids, where the highest price is best; -1 for asks.</param>
internal sealed class LiveSide(int direction)
{
    private long[] keys = new long[2_048];
    private long[] quantities = new long[2_048];

    public int Count { get; private set; }

    public long Best => direction * keys[Count - 1];

    /// <summary>The price of the level <paramref name="rank"/> below the best.</summary>
    public long PriceAt(int rank) => direction * keys[Count - 1 - rank];

    public long QuantityAt(int rank) => quantities[Count - 1 - rank];

    /// <summary>Sets a level; a quantity of 0 deletes it.</summary>
    public void Set(long price, long quantity)
    {
        var at = Find(direction * price);
        if (at >= 0 && quantity != 0) quantities[at] = quantity;
        else if (at >= 0) Remove(at);
        else if (quantity != 0) Insert(~at, direction * price, quantity);
    }

    public void Clear() => Count = 0;

    public void CopyFrom(LiveSide other)
    {
        if (keys.Length < other.Count) (keys, quantities) = (new long[other.keys.Length], new long[other.keys.Length]);
        Array.Copy(other.keys, keys, other.Count);
        Array.Copy(other.quantities, quantities, other.Count);
        Count = other.Count;
    }

    // Looks at the best few before it searches: that is where orders come in.
    private int Find(long key)
    {
        if (Count == 0 || key > keys[Count - 1]) return ~Count;
        return Array.BinarySearch(keys, 0, Count, key);
    }

    private void Insert(int at, long key, long quantity)
    {
        if (Count == keys.Length)
        {
            Array.Resize(ref keys, Count * 2);
            Array.Resize(ref quantities, Count * 2);
        }

        Array.Copy(keys, at, keys, at + 1, Count - at);
        Array.Copy(quantities, at, quantities, at + 1, Count - at);
        (keys[at], quantities[at]) = (key, quantity);
        Count++;
    }

    private void Remove(int at)
    {
        Array.Copy(keys, at + 1, keys, at, Count - at - 1);
        Array.Copy(quantities, at + 1, quantities, at, Count - at - 1);
        Count--;
    }
}

/// <summary>Both sides of a book, in the units of a listing.</summary>
internal sealed class LiveBook
{
    public LiveSide Bids { get; } = new(1);

    public LiveSide Asks { get; } = new(-1);

    public bool HasBoth => Bids.Count > 0 && Asks.Count > 0;

    public LiveSide Side(bool isBid) => isBid ? Bids : Asks;

    public void Apply(in Change change) => Side(change.IsBid).Set(change.Price, change.Quantity);

    public void CopyFrom(LiveBook other)
    {
        Bids.CopyFrom(other.Bids);
        Asks.CopyFrom(other.Asks);
    }
}

/// <summary>One level set to a quantity, 0 for deleted.</summary>
/// <param name="Id">The market's update id, rising.</param>
/// <param name="Price">In units.</param>
/// <param name="Quantity">In units.</param>
/// <param name="IsBid">Which side.</param>
/// <param name="Micros">When it was made.</param>
internal readonly record struct Change(long Id, long Price, long Quantity, bool IsBid, long Micros);
