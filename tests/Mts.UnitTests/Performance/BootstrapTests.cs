using Mts.Core.Performance;

namespace Mts.UnitTests.Performance;

public sealed class BootstrapTests
{
    [Fact]
    public void Blocks_have_their_mean_length()
    {
        var bootstrap = new StationaryBootstrap(1_000, 10, 1);
        var (indices, breaks, drawn) = (new int[1_000], 0, 200);
        for (var i = 0; i < drawn; i++)
        {
            bootstrap.Draw(indices);
            for (var k = 1; k < indices.Length; k++) breaks += indices[k] == (indices[k - 1] + 1) % 1_000 ? 0 : 1;
        }

        // 20,000 blocks: the mean has a standard error of 10 / √20,000 = 0.07. One break in a thousand is hidden by chance.
        (drawn * 1_000.0 / (breaks + drawn)).ShouldBe(10, 0.3);
    }

    [Fact]
    public void Every_value_is_drawn_as_often() // 200 draws of 50 of 50: each 200 times on the mean
    {
        var bootstrap = new StationaryBootstrap(50, 5, 2);
        var (indices, counts) = (new int[50], new int[50]);
        for (var i = 0; i < 2_000; i++)
        {
            bootstrap.Draw(indices);
            foreach (var index in indices) counts[index]++;
        }

        foreach (var count in counts) ((double)count).ShouldBe(2_000, 450); // deviation √(2 × 5 × 2,000) ≈ 140
    }

    [Fact]
    public void Blocks_of_one_are_independent_draws() => Should.NotThrow(() => new StationaryBootstrap(3, 1, 3).Draw(new int[100]));

    [Fact]
    public void The_same_seed_draws_the_same() => Draw(7).ShouldBe(Draw(7));

    [Fact]
    public void Another_seed_draws_otherwise() => Draw(7).ShouldNotBe(Draw(8));

    // Politis and White (2004), section 3.2: with R(k) = φ^k the best mean length is (2φ / (1 − φ²))^(2/3) n^(1/3).
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    public void The_block_length_of_an_autoregression_is_that_of_the_paper(double phi)
    {
        var best = Math.Cbrt(Math.Pow(2 * phi / (1 - (phi * phi)), 2) * 50_000);
        BlockLength.Of(Autoregression(50_000, phi, 0, 4)).ShouldBe(best, 0.15 * best);
    }

    [Fact]
    public void Independent_returns_need_hardly_a_block() => BlockLength.Of(Autoregression(1_000, 0, 0, 5)).ShouldBeLessThan(8);

    [Fact]
    public void What_never_moves_needs_none() => BlockLength.Of(new double[100]).ShouldBe(1);

    // 200 histories of a process whose Sharpe ratio is known: how many intervals hold it. ±3.5 standard errors of 95 % are ±5.4 points; dependence costs some.
    [Theory]
    [InlineData(0.0, 0.89)]
    [InlineData(0.3, 0.85)]
    public void The_interval_of_the_Sharpe_ratio_holds_the_true_one(double phi, double least)
    {
        const double Daily = 0.08;
        var truth = Daily * Math.Sqrt(365);
        var held = Enumerable.Range(0, 200).Count(seed => ReturnIntervals.Of(Autoregression(300, phi, Daily, 1_000 + seed), seed)!.Sharpe is { } i && i.Low <= truth && truth <= i.High);
        (held / 200.0).ShouldBeInRange(least, 0.995);
    }

    [Fact]
    public void The_interval_of_the_total_return_holds_the_median_path() // of exp(Σ) with known mean
    {
        var held = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            double[] returns = [.. Autoregression(300, 0, 0.05, 5_000 + seed).Select(x => Math.Exp(x * 0.02) - 1)];
            var truth = Math.Exp(300 * 0.05 * 0.02) - 1;
            if (ReturnIntervals.Of(returns, seed)!.TotalReturn is { } i && i.Low <= truth && truth <= i.High) held++;
        }

        (held / 200.0).ShouldBeInRange(0.89, 0.995);
    }

    [Fact]
    public void A_short_record_has_no_interval() => ReturnIntervals.Of(new double[19], 0).ShouldBeNull();

    [Fact]
    public void A_long_record_is_resampled_less_often() => ReturnIntervals.Of(Autoregression(50_000, 0, 0, 6), 0)!.Resamples.ShouldBe(200);

    [Fact]
    public void Growth_needs_thirty_days() => ReturnIntervals.Of(Autoregression(25, 0, 0, 6).Select(x => x / 100).ToArray(), 0)!.Cagr.ShouldBeNull();

    // The second is the first and a little more every day: the ratios differ for sure although each is uncertain.
    [Fact]
    public void A_paired_difference_sees_what_both_records_share()
    {
        var common = Autoregression(300, 0, 0.02, 11);
        var noise = Autoregression(300, 0, 0, 12);
        double[] better = [.. common.Select((x, i) => x + 0.1 + (noise[i] / 50))];
        var difference = SharpeDifference.Of(better, common, 1)!;
        difference.Interval!.Value.Low.ShouldBeGreaterThan(0);
        difference.Value.ShouldBe(SharpeRatio.Of(better, 365)!.Value - SharpeRatio.Of(common, 365)!.Value);
        var single = ReturnIntervals.Of(better, 1)!.Sharpe!.Value;
        (single.High - single.Low).ShouldBeGreaterThan(3 * (difference.Interval.Value.High - difference.Interval.Value.Low));
    }

    [Fact]
    public void Equal_records_do_not_differ()
    {
        var same = SharpeDifference.Of([.. Autoregression(100, 0, 0.1, 1)], [.. Autoregression(100, 0, 0.1, 1)], 1)!;
        (same.Value, same.Interval).ShouldBe((0, new ConfidenceInterval(0, 0)));
    }

    private static int[] Draw(int seed)
    {
        var indices = new int[100];
        new StationaryBootstrap(100, 4, seed).Draw(indices);
        return indices;
    }

    /// <summary>Of deviation 1 around a mean: x = m + φ (x − m) + ε.</summary>
    internal static double[] Autoregression(int count, double phi, double mean, int seed)
    {
        var random = new Random(seed);
        var (values, x, size) = (new double[count], 0.0, Math.Sqrt(1 - (phi * phi)));
        for (var i = -50; i < count; i++)
        {
            x = (phi * x) + (size * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
            if (i >= 0) values[i] = mean + x;
        }

        return values;
    }
}
