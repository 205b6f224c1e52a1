using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Performance;

namespace Mts.Engine.Analytics;

/// <summary>Resamples a run: its days in blocks, its trades in another order.</summary>
public static class MonteCarlo
{
    public const int LeastPaths = 100;
    public const int MostPaths = 100_000;
    private const int FanPoints = 60;
    private const long MostSteps = 1_000_000_000;
    private static readonly double[] Depths = [0.1, 0.2, 0.3, 0.5];

    /// <param name="daily">Equity, a point a day.</param>
    /// <param name="results">Of the trades after costs, quote units, in the order of their exits.</param>
    /// <param name="paths">Histories, 100 to 100,000.</param>
    /// <param name="seed">The same seed draws the same histories.</param>
    /// <param name="cancellationToken">Stops the count.</param>
    /// <exception cref="BacktestDataException">Fewer than 20 days, or more work than a billion steps.</exception>
    public static MonteCarloResult Of(IReadOnlyList<EquityPoint> daily, IReadOnlyList<double> results, int paths, int seed, CancellationToken cancellationToken)
    {
        if (paths is < LeastPaths or > MostPaths) throw new ArgumentOutOfRangeException(nameof(paths), paths, $"From {LeastPaths} to {MostPaths}.");
        var returns = DailyCurve.Returns(daily);
        if (returns.Length < ReturnIntervals.LeastReturns)
            throw new BacktestDataException($"a Monte Carlo of {returns.Length} days would only repeat them; it takes a run of {ReturnIntervals.LeastReturns} days or more whose equity stays above zero.");
        if ((long)paths * returns.Length > MostSteps) throw new BacktestDataException($"{paths} histories of {returns.Length} days are too many; ask for at most {MostSteps / returns.Length}.");
        var walk = new Walk(returns, paths, seed);
        for (var path = 0; path < paths; path++)
        {
            if (path % 64 == 0) cancellationToken.ThrowIfCancellationRequested();
            walk.Go(path);
        }

        return new MonteCarloResult
        {
            Paths = paths,
            BlockDays = walk.BlockDays,
            Seed = seed,
            LossProbability = walk.Finals.Count(f => f < 0) / (double)paths,
            RuinProbability = walk.Lows.Count(l => l <= 0.5) / (double)paths,
            Depths = [.. Depths.Select(d => new DepthChance(d, walk.Falls.Count(f => f >= d) / (double)paths))],
            Fan = [.. walk.Stops.Select((stop, k) => new FanPoint(daily[stop].Time, Spread.Of(walk.Values[k])))],
            TotalReturn = Spread.Of([.. walk.Finals]),
            MaxDrawdown = Spread.Of([.. walk.Falls]),
            ShuffledDrawdown = results.Count < 2 ? null : Spread.Of(Shuffled(results, daily[0].Value, paths, seed)),
        };
    }

    // Each trade keeps what it made of the equity it met.
    private static double[] Shuffled(IReadOnlyList<double> results, double capital, int paths, int seed)
    {
        var factors = new double[results.Count];
        var equity = capital;
        for (var i = 0; i < factors.Length; i++)
        {
            factors[i] = equity > 0 ? Math.Max(0, 1 + (results[i] / equity)) : 1;
            equity += results[i];
        }

        var (random, falls) = (new Random(seed), new double[Math.Min(paths, (int)Math.Max(LeastPaths, MostSteps / 10 / factors.Length))]);
        for (var path = 0; path < falls.Length; path++)
        {
            random.Shuffle(factors);
            var (value, peak) = (1.0, 1.0);
            foreach (var factor in factors)
            {
                value *= factor;
                if (value > peak) peak = value;
                else falls[path] = Math.Max(falls[path], (peak - value) / peak);
            }
        }

        return falls;
    }

    private sealed class Walk
    {
        private readonly double[] returns;
        private readonly int[] indices;
        private readonly StationaryBootstrap bootstrap;

        public Walk(double[] returns, int paths, int seed)
        {
            this.returns = returns;
            indices = new int[returns.Length];
            BlockDays = BlockLength.Of(returns);
            bootstrap = new StationaryBootstrap(returns.Length, BlockDays, seed);
            var stops = Math.Min(FanPoints, returns.Length);
            Stops = [.. Enumerable.Range(0, stops + 1).Select(k => (int)((long)k * returns.Length / stops))];
            Values = [.. Stops.Select(_ => new double[paths])];
            (Finals, Falls, Lows) = (new double[paths], new double[paths], new double[paths]);
        }

        public double BlockDays { get; }

        public int[] Stops { get; }

        public double[][] Values { get; }

        public double[] Finals { get; }

        public double[] Falls { get; }

        public double[] Lows { get; }

        public void Go(int path)
        {
            bootstrap.Draw(indices);
            var (value, peak, fall, low, stop) = (1.0, 1.0, 0.0, 1.0, 1);
            Values[0][path] = 1;
            for (var d = 0; d < indices.Length; d++)
            {
                value *= 1 + returns[indices[d]];
                if (value > peak) peak = value;
                else fall = Math.Max(fall, (peak - value) / peak);
                low = Math.Min(low, value);
                if (d + 1 == Stops[stop]) Values[stop++][path] = value;
            }

            (Finals[path], Falls[path], Lows[path]) = (value - 1, fall, low);
        }
    }
}
