namespace Mts.Core.Performance;

/// <summary>The returns of one trial as sums over consecutive blocks: all that <see cref="ProbabilityOfBacktestOverfitting"/> needs, however long the record.</summary>
public sealed class BlockSums
{
    public const int MostBlocks = 16;
    private const int LeastReturns = 5;

    private BlockSums(int blocks) => (Counts, Sums, Squares) = (new int[blocks], new double[blocks], new double[blocks]);

    internal int[] Counts { get; }

    internal double[] Sums { get; }

    internal double[] Squares { get; }

    /// <returns>An even number up to 16 with at least five returns in each block; 0 where that leaves fewer than four.</returns>
    public static int BlocksFor(int returns) => Math.Min(MostBlocks, returns / LeastReturns / 2 * 2) is >= 4 and var blocks ? blocks : 0;

    /// <param name="returns">At least one a block; what does not divide is spread, so that blocks differ by one at most.</param>
    /// <param name="blocks">Even, 2 to 16.</param>
    public static BlockSums Of(ReadOnlySpan<double> returns, int blocks)
    {
        if (blocks is < 2 or > MostBlocks || blocks % 2 != 0 || returns.Length < blocks) throw new ArgumentOutOfRangeException(nameof(blocks), blocks, "An even number of blocks, 2 to 16, and no more than there are returns.");
        var sums = new BlockSums(blocks);
        for (var b = 0; b < blocks; b++)
        {
            var (from, until) = ((int)((long)b * returns.Length / blocks), (int)((b + 1L) * returns.Length / blocks));
            sums.Counts[b] = until - from;
            foreach (var r in returns[from..until])
            {
                sums.Sums[b] += r;
                sums.Squares[b] += r * r;
            }
        }

        return sums;
    }

    /// <summary>The sums to the last bit.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Counts.Length);
        for (var b = 0; b < Counts.Length; b++)
        {
            writer.Write(Counts[b]);
            writer.Write(Sums[b]);
            writer.Write(Squares[b]);
        }
    }

    /// <summary>The inverse of <see cref="Write"/>.</summary>
    public static BlockSums Read(BinaryReader reader)
    {
        var sums = new BlockSums(reader.ReadInt32());
        for (var b = 0; b < sums.Counts.Length; b++) (sums.Counts[b], sums.Sums[b], sums.Squares[b]) = (reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble());
        return sums;
    }
}
