using Mts.Core.Indicators;

namespace Mts.UnitTests.Indicators;

/// <summary>Every rolling figure equals the one computed afresh from its window.</summary>
public sealed class RollingLawsTests
{
    private const int Length = 7;

    private static double[] Values(int seed)
    {
        var random = new Random(seed);
        // Steps of a quarter give ties; a rare leap strains running sums.
        return [.. Enumerable.Range(0, 400).Select(_ => (Math.Round(random.NextDouble() * 40) / 4) + (random.Next(50) == 0 ? 1e9 : 0))];
    }

    private static void Holds(Action<double> add, Func<double?> value, Func<double[], double?> naive, double tolerance = 1e-9)
    {
        var values = Values(11);
        for (var i = 0; i < values.Length; i++)
        {
            add(values[i]);
            if (i + 1 < Length) continue;
            var expected = naive(values[(i + 1 - Length)..(i + 1)]);
            if (expected is null) value().ShouldBeNull();
            else value()!.Value.ShouldBe(expected.Value, tolerance * Math.Max(1, Math.Abs(expected.Value)));
        }
    }

    [Fact]
    public void Sma_forgets_leaps_within_a_round()
    {
        var sma = new Sma(Length);
        Holds(sma.Add, () => sma.Value, w => w.Average(), 1e-6);
        for (var i = 0; i < 2 * Length; i++) sma.Add(0.1);
        sma.Value!.Value.ShouldBe(0.1, 1e-16);
    }

    [Fact]
    public void High()
    {
        var high = new RollingHigh(Length);
        Holds(high.Add, () => high.Value, w => w.Max(), 1e-15);
    }

    [Fact]
    public void Low()
    {
        var low = new RollingLow(Length);
        Holds(low.Add, () => low.Value, w => w.Min(), 1e-15);
    }

    [Fact]
    public void Sample_deviation()
    {
        var deviation = new RollingStdDev(Length);
        Holds(deviation.Add, () => deviation.Value, w => Math.Sqrt(w.Sum(x => Math.Pow(x - w.Average(), 2)) / (w.Length - 1)));
    }

    [Fact]
    public void Population_deviation()
    {
        var deviation = new RollingStdDev(Length, DeviationKind.Population);
        Holds(deviation.Add, () => deviation.Value, w => Math.Sqrt(w.Sum(x => Math.Pow(x - w.Average(), 2)) / w.Length));
    }

    [Fact]
    public void Rate_of_change()
    {
        var roc = new Roc(Length - 1);
        Holds(roc.Add, () => roc.Value, w => w[0] == 0 ? null : (w[^1] - w[0]) / w[0]);
    }

    [Fact]
    public void Percentile_rank()
    {
        var rank = new PercentileRank(Length);
        Holds(rank.Add, () => rank.Value, w =>
        {
            var sorted = w.Order().ToList();
            var (first, last) = (sorted.IndexOf(w[^1]) + 1, sorted.LastIndexOf(w[^1]) + 1);
            return 100 * (first + last) / 2.0 / w.Length;
        });
    }

    [Fact]
    public void Z_score()
    {
        var z = new ZScore(Length);
        Holds(z.Add, () => z.Value, w =>
        {
            var deviation = Math.Sqrt(w.Sum(x => Math.Pow(x - w.Average(), 2)) / (w.Length - 1));
            return deviation < 1e-10 ? null : (w[^1] - w.Average()) / deviation;
        }, 1e-7);
    }

    [Fact]
    public void Sorted_values()
    {
        var window = new SortedWindow(Length);
        Holds(window.Add, () => window.Quantile(0.5), w => w.Order().ElementAt(Length / 2), 1e-15);
        window.Sorted.ToArray().ShouldBe(Values(11)[^Length..].Order());
    }

    [Fact]
    public void Simple_rsi_over_the_window_s_changes()
    {
        var rsi = new RsiSimple(Length - 1);
        Holds(rsi.Add, () => rsi.Value, w =>
        {
            var changes = w.Skip(1).Zip(w, (now, before) => now - before).ToList();
            var (up, down) = (changes.Where(c => c > 0).Sum(), -changes.Where(c => c < 0).Sum());
            return up + down == 0 ? 50 : down == 0 ? 100 : 100 - (100 / (1 + (up / down)));
        }, 1e-4);
    }

    [Theory]
    [InlineData(1_000_000, 8)]
    [InlineData(90_000_000_000, -1)]   // beyond 64 bits; such prices have fewer decimals than a double can hold
    public void Exact_sums_and_their_order(long limit, int decimals)
    {
        var random = new Random(5);
        var (sum, longer) = (new ExactSum(Length), new ExactSum(3 * Length));
        var prices = new List<decimal>();
        for (var i = 0; i < 300; i++)
        {
            var price = (decimal)random.NextDouble() * (i < 50 ? 100 : limit);
            prices.Add(decimals >= 0 ? Math.Round(price, decimals) : Math.Floor(price / 1_024) * 1_024);
            sum.Add((double)prices[^1]);
            longer.Add((double)prices[^1]);
            if (!longer.IsFull) continue;
            ((decimal)sum.Units / 100_000_000m).ShouldBe(prices.TakeLast(Length).Sum());
            sum.CompareMeanTo(longer).ShouldBe((3 * prices.TakeLast(Length).Sum()).CompareTo(prices.TakeLast(3 * Length).Sum()));
        }
    }
}
