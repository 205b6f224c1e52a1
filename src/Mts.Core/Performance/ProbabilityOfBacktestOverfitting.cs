namespace Mts.Core.Performance;

/// <summary>How often the best trial of one half of the time is no better than the median of all trials in the other half.</summary>
/// <remarks>
/// Bailey, Borwein, López de Prado and Zhu, The Probability of Backtest Overfitting, J. Computational Finance 20(4), 2017 (2015):
/// combinatorially symmetric cross-validation over all halves of the blocks, judged by the Sharpe ratio; the share of logits ≤ 0.
/// </remarks>
public static class ProbabilityOfBacktestOverfitting
{
    /// <param name="trials">Blocks of each trial, cut at the same times.</param>
    /// <param name="cancellationToken">Stops the count.</param>
    /// <returns>0 to 1; near 0.5 where no trial has skill. Null below two trials.</returns>
    public static double? Of(IReadOnlyList<BlockSums> trials, CancellationToken cancellationToken)
    {
        if (trials.Count < 2) return null;
        var counts = trials[0].Counts;
        foreach (var trial in trials)
        {
            if (!trial.Counts.AsSpan().SequenceEqual(counts)) throw new ArgumentException("All trials are cut into the same blocks.", nameof(trials));
        }

        var count = new HalvesCount(trials);
        count.Walk(cancellationToken);
        return (double)count.Overfit / count.Seen;
    }

    /// <summary>Walks all choices of half of the blocks; prefixes share their sums.</summary>
    private sealed class HalvesCount
    {
        private readonly int trials;
        private readonly int blocks;
        private readonly int[] counts;
        private readonly double[][] sums;
        private readonly double[][] squares;
        private readonly double[][] chosenSums;
        private readonly double[][] chosenSquares;
        private readonly double[] totalSums;
        private readonly double[] totalSquares;
        private readonly double[] inside;
        private readonly double[] outside;

        public HalvesCount(IReadOnlyList<BlockSums> all)
        {
            (trials, counts) = (all.Count, all[0].Counts);
            blocks = counts.Length;
            sums = [.. Enumerable.Range(0, blocks).Select(b => all.Select(t => t.Sums[b]).ToArray())];
            squares = [.. Enumerable.Range(0, blocks).Select(b => all.Select(t => t.Squares[b]).ToArray())];
            chosenSums = Arrays((blocks / 2) + 1);
            chosenSquares = Arrays((blocks / 2) + 1);
            (totalSums, totalSquares, inside, outside) = (new double[trials], new double[trials], new double[trials], new double[trials]);
            for (var b = 0; b < blocks; b++)
            {
                Add(totalSums, sums[b], totalSums);
                Add(totalSquares, squares[b], totalSquares);
            }
        }

        public long Seen { get; private set; }

        public long Overfit { get; private set; }

        // The first block stands on one side; the other half of the choices are the same with the sides exchanged.
        public void Walk(CancellationToken cancellationToken) => Choose(0, 0, 0, cancellationToken);

        private void Choose(int block, int chosen, int returns, CancellationToken cancellationToken)
        {
            if (chosen == blocks / 2)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Judge(chosen, returns);
                return;
            }

            if (block == blocks) return;
            Add(chosenSums[chosen], sums[block], chosenSums[chosen + 1]);
            Add(chosenSquares[chosen], squares[block], chosenSquares[chosen + 1]);
            Choose(block + 1, chosen + 1, returns + counts[block], cancellationToken);
            if (block > 0 && blocks - block - 1 >= (blocks / 2) - chosen) Choose(block + 1, chosen, returns, cancellationToken);
        }

        private void Judge(int depth, int returns)
        {
            var others = counts.Sum() - returns;
            for (var t = 0; t < trials; t++)
            {
                var (sum, square) = (chosenSums[depth][t], chosenSquares[depth][t]);
                inside[t] = Order(sum, square, returns);
                outside[t] = Order(totalSums[t] - sum, totalSquares[t] - square, others);
            }

            Seen += 2;
            if (IsOverfit(inside, outside)) Overfit++;
            if (IsOverfit(outside, inside)) Overfit++;
        }

        // The logit of the relative rank is ≤ 0 where the rank, ties shared, is at most (N + 1) / 2.
        private static bool IsOverfit(double[] chosenBy, double[] judgedBy)
        {
            var best = 0;
            for (var t = 1; t < chosenBy.Length; t++)
            {
                if (chosenBy[t] > chosenBy[best]) best = t;
            }

            var (below, equal, mark) = (0, 0, judgedBy[best]);
            foreach (var value in judgedBy)
            {
                if (value < mark) below++;
                else if (value == mark) equal++;
            }

            return (2 * below) + equal + 1 <= judgedBy.Length + 1;
        }

        // Grows with the Sharpe ratio and needs no root: mean · |mean| / variance. Returns that never move are worth 0.
        private static double Order(double sum, double square, int count)
        {
            var mean = sum / count;
            var variance = (square / count) - (mean * mean);
            return variance > 1e-24 ? mean * Math.Abs(mean) / variance : 0;
        }

        private double[][] Arrays(int count) => [.. Enumerable.Range(0, count).Select(_ => new double[trials])];

        private static void Add(double[] left, double[] right, double[] into)
        {
            for (var i = 0; i < into.Length; i++) into[i] = left[i] + right[i];
        }
    }
}
