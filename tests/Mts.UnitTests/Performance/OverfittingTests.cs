using Mts.Core.Indicators.Statistics;
using Mts.Core.Performance;

namespace Mts.UnitTests.Performance;

public sealed class NormalQuantileTests
{
    [Theory] // NormalDist().inv_cdf of Python 3.11
    [InlineData(1e-300, -37.0470962993612)]
    [InlineData(1e-10, -6.361340902404056)]
    [InlineData(0.01, -2.3263478740408408)]
    [InlineData(0.3, -0.5244005127080407)]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.9599639845400536)]
    [InlineData(0.999999, 4.753424308817089)]
    public void Is_the_inverse_of_the_distribution(double probability, double z) => NormalQuantile.Of(probability).ShouldBe(z, 1e-13);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void What_is_no_probability_is_refused(double value) => Should.Throw<ArgumentOutOfRangeException>(() => NormalQuantile.Of(value));
}

public sealed class ReturnShapeTests
{
    [Fact]
    public void Is_that_of_the_returns()
    {
        // Mean 0.01, squares of the distances 1, 1, 4, 4 · 10⁻⁴ and 0; sample variance 2.5 · 10⁻⁴, population 2 · 10⁻⁴; Σd⁴ = 34 · 10⁻⁸.
        var shape = ReturnShape.Of([0.00, 0.02, -0.01, 0.03, 0.01])!.Value;

        shape.Count.ShouldBe(5);
        shape.Sharpe.ShouldBe(0.01 / Math.Sqrt(2.5e-4), 1e-12);
        shape.Skew.ShouldBe(0, 1e-12);
        shape.Kurtosis.ShouldBe(1.7, 1e-12); // 6.8 / 4
    }

    [Fact]
    public void Three_losses_of_one_and_a_gain_of_three_lean_to_the_right()
    {
        var shape = ReturnShape.Of([-1, -1, -1, 3])!.Value;

        shape.Sharpe.ShouldBe(0);
        shape.Skew.ShouldBe(6 / Math.Pow(3, 1.5), 1e-12); // (27 − 3) / 4 over 3^1.5
        shape.Kurtosis.ShouldBe(21 / 9.0, 1e-12); // (81 + 3) / 4 over 3²
    }

    [Fact]
    public void Returns_that_never_move_have_none() => ReturnShape.Of([0, 0, 0]).ShouldBeNull();
}

public sealed class ProbabilisticSharpeRatioTests
{
    [Theory] // Bailey and López de Prado 2012: 24 months, Sharpe 0.458 a month
    [InlineData(-2.448, 10.164, 0.913)]
    [InlineData(0, 3, 0.982)]
    public void Agrees_with_the_published_example(double skew, double kurtosis, double published) =>
        ProbabilisticSharpeRatio.Of(new ReturnShape(24, 0.458, skew, kurtosis))!.Value.ShouldBe(published, 5e-4);

    [Fact]
    public void One_return_has_none() => ProbabilisticSharpeRatio.Of(new ReturnShape(1, 1, 0, 3)).ShouldBeNull();
}

public sealed class SharpeIntervalTests
{
    [Fact]
    public void Is_the_ratio_and_twice_its_error_about() // 24 months, 0.458 a month, normal: √((1 + 0.458²/2)/23) = 0.219177; × 1.959964; × √12
    {
        var interval = SharpeInterval.Of(new ReturnShape(24, 0.458, 0, 3), 12)!.Value;

        interval.Low.ShouldBe((0.458 - 0.429579) * Math.Sqrt(12), 1e-5);
        interval.High.ShouldBe((0.458 + 0.429579) * Math.Sqrt(12), 1e-5);
    }

    [Fact]
    public void Covers_the_truth_as_often_as_it_says()
    {
        var covered = 0;
        for (var record = 0; record < 1_000; record++)
        {
            // A mean of 5 % of the deviation, a day.
            var returns = Noise.Trials(record, 1, 500)[0].Select(r => r + 0.0005).ToArray();
            var interval = SharpeInterval.Of(ReturnShape.Of(returns)!.Value, 1)!.Value;
            if (interval.Low <= 0.05 && interval.High >= 0.05) covered++;
        }

        covered.ShouldBeInRange(930, 970); // 950 ± 3 deviations of 6.9
    }
}

public sealed class DeflatedSharpeRatioTests
{
    // Bailey and López de Prado 2014: 1,250 days, 2.5 a year of 250 days, variance of the trials 1/2 a year.
    private static readonly double Sharpe = 2.5 / Math.Sqrt(250);

    [Fact]
    public void The_best_of_a_hundred_is_expected_where_the_paper_says() =>
        DeflatedSharpeRatio.ExpectedMaximum(100, 0.5 / 250).ShouldBe(0.1132, 5e-5);

    [Theory]
    [InlineData(100, -3, 10, 0.9004)]
    [InlineData(46, -3, 10, 0.9505)]
    [InlineData(88, 0, 3, 0.9505)]
    public void Agrees_with_the_published_example(int trials, double skew, double kurtosis, double published) =>
        DeflatedSharpeRatio.Of(new ReturnShape(1_250, Sharpe, skew, kurtosis), trials, 0.5 / 250)!.Value.ShouldBe(published, 5e-5);

    [Fact]
    public void One_trial_is_not_deflated()
    {
        var shape = new ReturnShape(1_250, Sharpe, 0, 3);

        DeflatedSharpeRatio.Of(shape, 1, 0).ShouldBe(ProbabilisticSharpeRatio.Of(shape));
    }

    [Fact]
    public void The_best_of_pure_noise_hardly_ever_passes()
    {
        var passed = 0;
        for (var search = 0; search < 200; search++)
        {
            var shapes = Noise.Trials(seed: search, trials: 50, days: 250).Select(r => ReturnShape.Of(r)!.Value).ToList();
            var mean = shapes.Average(s => s.Sharpe);
            var variance = shapes.Sum(s => (s.Sharpe - mean) * (s.Sharpe - mean)) / (shapes.Count - 1);
            if (DeflatedSharpeRatio.Of(shapes.MaxBy(s => s.Sharpe), shapes.Count, variance) > 0.95) passed++;
        }

        passed.ShouldBeLessThanOrEqualTo(10); // 5 %
    }
}

public sealed class ProbabilityOfBacktestOverfittingTests
{
    [Theory] // a plain second calculation in Python: every combination, Sharpe by statistics.fmean and statistics.stdev
    [InlineData(60, 7, 6, 15 / 20.0)]
    [InlineData(61, 8, 6, 13 / 20.0)]
    [InlineData(200, 12, 8, 19 / 70.0)]
    [InlineData(203, 9, 10, 59 / 252.0)]
    public void Agrees_with_a_second_calculation(int days, int trials, int blocks, double expected) =>
        Of(Congruential(days, trials), blocks).ShouldBe(expected);

    [Fact]
    public void A_trial_that_is_better_all_the_time_is_no_overfit()
    {
        var trials = Noise.Trials(seed: 1, trials: 20, days: 320);
        for (var i = 0; i < trials[7].Length; i++) trials[7][i] += 0.02;

        Of(trials, 16).ShouldBe(0);
    }

    [Fact]
    public void Pure_noise_is_a_coin_over_many_searches()
    {
        var values = Enumerable.Range(0, 60).Select(seed => Of(Noise.Trials(seed, trials: 30, days: 200), 10)!.Value).ToList();

        values.Average().ShouldBe(0.5, 0.06);
    }

    [Fact]
    public void One_trial_has_none() => Of(Noise.Trials(1, 1, 100), 10).ShouldBeNull();

    [Theory]
    [InlineData(19, 0)]
    [InlineData(20, 4)]
    [InlineData(79, 14)]
    [InlineData(80, 16)]
    [InlineData(3_650, 16)]
    public void A_block_has_at_least_five_returns(int returns, int blocks) => BlockSums.BlocksFor(returns).ShouldBe(blocks);

    private static double? Of(double[][] trials, int blocks) =>
        ProbabilityOfBacktestOverfitting.Of([.. trials.Select(t => BlockSums.Of(t, blocks))], TestContext.Current.CancellationToken);

    private static double[][] Congruential(int days, int trials)
    {
        var x = 12_345L;
        var result = new double[trials][];
        for (var k = 0; k < trials; k++)
        {
            result[k] = new double[days];
            for (var t = 0; t < days; t++)
            {
                x = ((x * 1_103_515_245) + 12_345) % 2_147_483_648;
                result[k][t] = (((x >> 16) % 2_001) - 1_000) / 100_000.0;
            }
        }

        return result;
    }
}

/// <summary>Independent normal returns without drift.</summary>
file static class Noise
{
    public static double[][] Trials(int seed, int trials, int days)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, trials).Select(_ => Enumerable.Range(0, days).Select(_ => 0.01 * Normal(random)).ToArray())];
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
