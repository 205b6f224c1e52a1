using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mts.Core.Books;

/// <summary>One side of a book: price levels in an array whose last element is the best, because most changes are near the best.</summary>
public sealed class BookSide
{
    // Keys rise to the best on both sides: the price of a bid, minus the price of an ask.
    private readonly long sign;
    private long[] keys = new long[64];
    private long[] sizes = new long[64];

    internal BookSide(bool isBid) => sign = isBid ? 1 : -1;

    /// <summary>Number of levels.</summary>
    public int Count { get; private set; }

    /// <summary>The level at <paramref name="rank"/>, 0 the best.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many levels.</exception>
    public LevelChange this[int rank]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(rank);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, Count);
            var i = Count - 1 - rank;
            return new LevelChange(sign * keys[i], sizes[i]);
        }
    }

    /// <summary>A copy of all levels, the best first.</summary>
    public LevelChange[] ToArray()
    {
        var levels = new LevelChange[Count];
        for (var rank = 0; rank < levels.Length; rank++) levels[rank] = this[rank];
        return levels;
    }

    /// <summary>Best price; the side must not be empty.</summary>
    public long BestPrice => sign * keys[Count - 1];

    /// <summary>Size at the best price; the side must not be empty.</summary>
    public long BestSize => sizes[Count - 1];

    /// <summary>Size at a price; 0 where it has no level.</summary>
    public long SizeAt(long price)
    {
        var i = Find(sign * price);
        return i < Count && keys[i] == sign * price ? sizes[i] : 0;
    }

    internal void Clear() => Count = 0;

    internal void Apply(ReadOnlySpan<LevelChange> changes)
    {
        foreach (ref readonly var change in changes) Set(sign * change.Price, change.Size);
    }

    /// <summary>Drops the worst levels beyond <paramref name="most"/>.</summary>
    internal void Trim(int most)
    {
        var excess = Count - most;
        if (excess <= 0) return;
        keys.AsSpan(excess, most).CopyTo(keys);
        sizes.AsSpan(excess, most).CopyTo(sizes);
        Count = most;
    }

    /// <summary>All or nothing.</summary>
    internal bool TryRescale(int fromPrice, int toPrice, int fromSize, int toSize)
    {
        for (var i = 0; i < Count; i++)
        {
            if (NumberScale.Convert(keys[i], fromPrice, toPrice) is null || NumberScale.Convert(sizes[i], fromSize, toSize) is null) return false;
        }

        for (var i = 0; i < Count; i++)
        {
            keys[i] = NumberScale.Convert(keys[i], fromPrice, toPrice)!.Value;
            sizes[i] = NumberScale.Convert(sizes[i], fromSize, toSize)!.Value;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Set(long key, long size)
    {
        var i = Find(key);
        if (i < Count && keys[i] == key)
        {
            if (size != 0) sizes[i] = size;
            else Remove(i);
        }
        else if (size != 0)
        {
            Insert(i, key, size);
        }
    }

    /// <summary>Index of the first level whose key is at least <paramref name="key"/>.</summary>
    private int Find(long key)
    {
        if (Count == 0) return 0;
        ref var first = ref MemoryMarshal.GetArrayDataReference(keys);
        var (low, length) = (0, Count);
        // Without a branch, because no processor guesses where in a book the next change falls.
        while (length > 1)
        {
            var half = length >> 1;
            low += half & IsBelow(Unsafe.Add(ref first, low + half - 1), key);
            length -= half;
        }

        return low - IsBelow(Unsafe.Add(ref first, low), key);
    }

    // −1 or 0; keys of a side have one sign, so that their difference does not overflow.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IsBelow(long a, long b) => (int)((a - b) >> 63);

    private void Insert(int i, long key, long size)
    {
        if (Count == keys.Length) Grow();
        if (i < Count)
        {
            keys.AsSpan(i, Count - i).CopyTo(keys.AsSpan(i + 1));
            sizes.AsSpan(i, Count - i).CopyTo(sizes.AsSpan(i + 1));
        }

        (keys[i], sizes[i]) = (key, size);
        Count++;
    }

    private void Remove(int i)
    {
        Count--;
        if (i == Count) return;
        keys.AsSpan(i + 1, Count - i).CopyTo(keys.AsSpan(i));
        sizes.AsSpan(i + 1, Count - i).CopyTo(sizes.AsSpan(i));
    }

    private void Grow()
    {
        Array.Resize(ref keys, keys.Length * 2);
        Array.Resize(ref sizes, sizes.Length * 2);
    }
}
