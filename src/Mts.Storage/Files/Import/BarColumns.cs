using System.Runtime.CompilerServices;
using Mts.Core.Market;

namespace Mts.Storage.Files.Import;

/// <summary>All rows of the files that could be read, in file order, column by column; rules have not been asked yet.</summary>
internal sealed class BarColumns
{
    private readonly List<int> files = [];
    private int capacity;

    public int Count { get; private set; }

    /// <summary>Unix microseconds.</summary>
    public long[] Times { get; private set; } = [];

    public double[] Opens { get; private set; } = [];

    public double[] Highs { get; private set; } = [];

    public double[] Lows { get; private set; } = [];

    public double[] Closes { get; private set; } = [];

    /// <summary>NaN where the row has none.</summary>
    public double[] Volumes { get; private set; } = [];

    public int[] Lines { get; private set; } = [];

    public bool[] HasTradeCount { get; private set; } = [];

    public void StartFile(long expectedRows)
    {
        files.Add(Count);
        Resize((int)Math.Min(Array.MaxLength, Math.Max(capacity, Count + expectedRows)));
    }

    /// <summary>The index of the file that holds the row.</summary>
    public int FileOf(int row) => files.FindLastIndex(f => f <= row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int line, long time, double open, double high, double low, double close, double volume, bool hasTradeCount)
    {
        var i = Count;
        if (i == capacity) Resize(Math.Max(1_024, checked(capacity * 2)));
        Times[i] = time;
        Opens[i] = open;
        Highs[i] = high;
        Lows[i] = low;
        Closes[i] = close;
        Volumes[i] = volume;
        Lines[i] = line;
        HasTradeCount[i] = hasTradeCount;
        Count = i + 1;
    }

    /// <summary>Puts the rows into another order; line numbers stay as they are in the files.</summary>
    public void Permute(ReadOnlySpan<int> order)
    {
        Times = Gathered(Times, order);
        Opens = Gathered(Opens, order);
        Highs = Gathered(Highs, order);
        Lows = Gathered(Lows, order);
        Closes = Gathered(Closes, order);
        Volumes = Gathered(Volumes, order);
        HasTradeCount = Gathered(HasTradeCount, order);
        capacity = order.Length;

        static T[] Gathered<T>(T[] column, ReadOnlySpan<int> order)
        {
            var gathered = new T[order.Length];
            for (var i = 0; i < order.Length; i++) gathered[i] = column[order[i]];
            return gathered;
        }
    }

    public Bar this[int row] => new(new Timestamp(Times[row]), Opens[row], Highs[row], Lows[row], Closes[row], Volumes[row]);

    public void Set(int row, in Bar bar) =>
        (Times[row], Opens[row], Highs[row], Lows[row], Closes[row], Volumes[row]) =
        (bar.OpenTime.Micros, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume);

    private void Resize(int size)
    {
        if (size == capacity) return;
        Times = Grown(Times);
        Opens = Grown(Opens);
        Highs = Grown(Highs);
        Lows = Grown(Lows);
        Closes = Grown(Closes);
        Volumes = Grown(Volumes);
        Lines = Grown(Lines);
        HasTradeCount = Grown(HasTradeCount);
        capacity = size;

        T[] Grown<T>(T[] column)
            where T : unmanaged
        {
            var grown = LargeArray.Allocate<T>(size);
            column.AsSpan(0, Count).CopyTo(grown);
            return grown;
        }
    }
}
