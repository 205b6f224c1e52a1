using System.Globalization;
using System.Numerics;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Engine;

namespace Mts.UnitTests.Engine;

/// <summary>Weights of two markets in one account, reached in whole numbers of any length: what is held counts at the open, what is bought at its fill price, and the positions are ours to the last digit.</summary>
public sealed class ResizingReferenceTests
{
    private const int Bars = 120;
    private static readonly BigInteger One = 100_000_000;

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(10, 5, 1)]
    [InlineData(2.5, 40, 1)]
    [InlineData(10, 300, 1_000)]
    public void Random_weights_on_random_markets(double feeBps, double slippageBps, long lot)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            BarSeries[] markets = [Runs.Random(seed, Bars, "BTC/USDT"), Runs.Random(seed + 900, Bars, "ETH/USDT")];
            var weights = Weights(seed);
            var script = new Script();
            foreach (var ((bar, market), weight) in weights) script.At(bar, Direction.Long, s => s with { PositionSize = weight, Resizes = true }, market);
            var seen = new List<(double, double)>();
            script.Watch(c => seen.Add((c.Position(0).Quantity, c.Position(1).Quantity)));
            var result = Runs.Run(script, new BacktestOptions { FeeBps = (decimal)feeBps, SlippageBps = (decimal)slippageBps, Lots = lot == 1 ? null : [lot / 100_000_000m, lot / 100_000_000m] }, markets);

            var expected = Reference(markets, weights, (BigInteger)(feeBps * 10_000), (BigInteger)(slippageBps * 10_000), lot);
            for (var bar = 0; bar < Bars; bar++) seen[bar].ShouldBe(expected.Seen[bar], $"seed {seed}, bar {bar}");
            result.Metrics.FinalEquity.ShouldBe(expected.Final, $"seed {seed}");
            result.Metrics.Fees.ShouldBe(expected.Fees, $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(0.5, 0.9)]
    [InlineData(0.2, 0.8)]
    [InlineData(0.9, 0.3)]
    public void In_two_steps_as_in_one(double first, double second)
    {
        // 5 % of slippage and no fee: what was lost on the way apart, the weight is that of one purchase.
        var costs = new BacktestOptions { FeeBps = 0, SlippageBps = 500 };
        var flat = Runs.Closes([.. Enumerable.Repeat(100.0, 5)]);
        var script = new Script().At(0, Direction.Long, s => s.With(first)).At(1, Direction.Long, s => s with { PositionSize = second, Resizes = true });
        var held = Runs.Run(script, costs, flat).OpenPositions.ShouldHaveSingleItem().Quantity;

        // q₁ = first·E/105; equity is E − 5 q₁; grown to second·(E − 5 q₁) = 100 q₁ + 105 (q − q₁), or cut to 100 q.
        var (q1, wanted) = ((decimal)first * 100_000m / 105m, 0m);
        var target = (decimal)second * (100_000m - (5m * q1));
        wanted = second > first ? q1 + ((target - (100m * q1)) / 105m) : target / 100m;
        held.ShouldBe(wanted, 0.00000002m);
    }

    private static Dictionary<(int Bar, int Market), double> Weights(int seed)
    {
        var random = new Random(seed);
        var weights = new Dictionary<(int, int), double>();
        for (var bar = 0; bar < Bars - 1; bar += random.Next(1, 5))
        {
            // Together up to all of the equity, so that the cash is at times too little after costs.
            var total = random.Next(3) == 0 ? 1 : random.NextDouble();
            var share = random.NextDouble();
            if (random.Next(4) > 0) weights[(bar, 0)] = Math.Round(total * share, 4);
            if (random.Next(4) > 0) weights[(bar, 1)] = Math.Round(total * (1 - share), 4);
        }

        return weights;
    }

    private static (List<(double, double)> Seen, decimal Final, decimal Fees) Reference(BarSeries[] markets, Dictionary<(int Bar, int Market), double> weights, BigInteger fee, BigInteger slip, long lot)
    {
        BigInteger[][] opens = [.. markets.Select(m => (BigInteger[])[.. m.Opens.ToArray().Select(Exact)])], closes = [.. markets.Select(m => (BigInteger[])[.. m.Closes.ToArray().Select(Exact)])];
        var (cash, fees, held) = (100_000 * One, BigInteger.Zero, new BigInteger[2]);
        var seen = new List<(double, double)>();
        for (var t = 0; t < Bars; t++)
        {
            var due = Enumerable.Range(0, 2).Where(m => weights.ContainsKey((t - 1, m))).ToList();
            // What is too much is sold first, over both markets.
            foreach (var m in due.Where(m => held[m] > 0))
            {
                var kept = Target(m) * One / opens[m][t];
                kept -= kept % lot;
                if (kept < held[m]) Sell(m, held[m] - kept);
            }

            foreach (var m in due)
            {
                var lacking = Target(m) - Divide(held[m] * opens[m][t], One);
                if (lacking <= 0) continue;
                var bought = BigInteger.Min(lacking * One * One / (opens[m][t] * (One + slip)), cash * One * One * One / (opens[m][t] * (One + slip) * (One + fee)));
                Buy(m, bought - (bought % lot));
            }

            seen.Add(((double)held[0] / 1e8, (double)held[1] / 1e8));

            // Weights have four decimals.
            BigInteger Target(int m) =>
                (cash + Divide(held[0] * opens[0][t], One) + Divide(held[1] * opens[1][t], One)) * (BigInteger)Math.Round(weights[(t - 1, m)] * 10_000) / 10_000;

            void Sell(int m, BigInteger quantity)
            {
                var got = Divide(quantity * opens[m][t] * (One - slip), One * One);
                var paid = Divide(got * fee, One);
                (cash, fees, held[m]) = (cash + got - paid, fees + paid, held[m] - quantity);
            }

            void Buy(int m, BigInteger quantity)
            {
                var cost = Divide(quantity * opens[m][t] * (One + slip), One * One);
                var paid = BigInteger.Min(Divide(cost * fee, One), cash - cost);
                (cash, fees, held[m]) = (cash - cost - paid, fees + paid, held[m] + quantity);
            }
        }

        return (seen, Money(cash + Divide(held[0] * closes[0][^1], One) + Divide(held[1] * closes[1][^1], One)), Money(fees));
    }

    private static BigInteger Exact(double price) => (BigInteger)(decimal.Parse(price.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture) * 100_000_000m);

    private static BigInteger Divide(BigInteger a, BigInteger b) => ((2 * a) + b) / (2 * b);

    private static decimal Money(BigInteger value) => (decimal)value / 100_000_000m;
}
