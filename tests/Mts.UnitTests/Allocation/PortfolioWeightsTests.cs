using Mts.Core.Allocation;

namespace Mts.UnitTests.Allocation;

public sealed class PortfolioWeightsTests
{
    [Fact]
    public void The_shrunk_covariance_is_that_of_exact_fractions()
    {
        // Worked out in fractions by a program of its own: mean variance 3.6, d² 12.32, b² 6.544.
        var shrunk = ShrunkCovariance.Of([[2, -1, 0, 3, 1], [1, 1, -2, 2, -2], [0, 4, 1, -3, 3]]);
        shrunk.Shrinkage.ShouldBe(6.544 / 12.32, 1e-12);
        shrunk.Matrix[0, 0].ShouldBe(2.84987012987013, 1e-12);
        shrunk.Matrix[0, 1].ShouldBe(0.4688311688311688, 1e-12);
        shrunk.Matrix[1, 2].ShouldBe(-0.9376623376623376, 1e-12);
        shrunk.Matrix[2, 2].ShouldBe(4.725194805194805, 1e-12);
    }

    [Fact]
    public void One_market_is_not_shrunk()
    {
        var shrunk = ShrunkCovariance.Of([[1, -1, 1, -1]]);
        (shrunk.Matrix[0, 0], shrunk.Shrinkage).ShouldBe((1, 0));
    }

    [Fact]
    public void Inverse_volatility_halves_what_moves_twice_as_much() =>
        PortfolioWeights.InverseVolatility(Matrix([[0.04, 0], [0, 0.01]])).ShouldBe([1 / 3.0, 2 / 3.0], 1e-12);

    [Theory]
    [InlineData(-0.9)]
    [InlineData(0)]
    [InlineData(0.7)]
    public void Of_two_markets_risk_parity_is_inverse_volatility_whatever_their_correlation(double correlation) =>
        PortfolioWeights.RiskParity(Matrix([[0.04, correlation * 0.02], [correlation * 0.02, 0.01]])).ShouldBe([1 / 3.0, 2 / 3.0], 1e-9);

    [Fact]
    public void Under_risk_parity_each_market_adds_the_same_to_the_variance()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var covariance = Random(seed, markets: 2 + (seed % 9));
            var weights = PortfolioWeights.RiskParity(covariance);
            weights.Sum().ShouldBe(1, 1e-9);
            var share = covariance.Variance(weights) / weights.Length;
            for (var i = 0; i < weights.Length; i++) (weights[i] * covariance.Row(i, weights)).ShouldBe(share, share * 1e-6);
        }
    }

    [Fact]
    public void Kelly_bets_mean_over_variance_where_nothing_is_correlated() =>
        PortfolioWeights.Kelly([0.02, 0.01, -0.01], Matrix([[0.04, 0, 0], [0, 0.01, 0], [0, 0, 0.01]])).ShouldBe([0.5, 1, 0], 1e-12);

    [Fact]
    public void Correlated_bets_are_those_of_the_inverse_matrix()
    {
        // Σ = [[4, 2], [2, 3]], Σ⁻¹ = ⅛ [[3, −2], [−2, 4]]; μ = (2, 2): ⅛ (2, 4).
        PortfolioWeights.Kelly([2, 2], Matrix([[4, 2], [2, 3]])).ShouldBe([0.25, 0.5], 1e-9);
        PortfolioWeights.MeanVariance([2, 2], Matrix([[4, 2], [2, 3]])).ShouldBe([1 / 3.0, 2 / 3.0], 1e-9);
    }

    [Fact]
    public void No_other_long_portfolio_has_a_better_ratio()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var covariance = Random(seed, markets: 5);
            var means = Enumerable.Range(0, 5).Select(_ => random.NextDouble() - 0.3).ToArray();
            var best = Ratio(PortfolioWeights.MeanVariance(means, covariance));
            for (var k = 0; k < 500; k++) Ratio(PortfolioWeights.Normalised([.. means.Select(_ => Math.Pow(random.NextDouble(), 3))])).ShouldBeLessThanOrEqualTo(best + 1e-9);

            double Ratio(double[] weights) => weights.Zip(means, (w, m) => w * m).Sum() / Math.Sqrt(covariance.Variance(weights));
        }
    }

    [Fact]
    public void Without_a_mean_above_zero_nothing_is_held() =>
        PortfolioWeights.MeanVariance([-0.01, -0.02], Matrix([[0.04, 0], [0, 0.01]])).ShouldBe([0, 0]);

    [Fact]
    public void A_market_that_does_not_vary_has_no_share_of_the_risk() =>
        PortfolioWeights.RiskParity(Matrix([[0, 0], [0, 0.01]])).ShouldBe([0, 1]);

    private static SymmetricMatrix Matrix(double[][] rows)
    {
        var matrix = new SymmetricMatrix(rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = i; j < rows.Length; j++) matrix[i, j] = rows[i][j];
        }

        return matrix;
    }

    private static SymmetricMatrix Random(int seed, int markets)
    {
        var random = new Random(seed);
        return ShrunkCovariance.Of([.. Enumerable.Range(0, markets).Select(i => Enumerable.Range(0, 60).Select(_ => (random.NextDouble() - 0.5) * (i + 1)).ToArray())]).Matrix;
    }
}
