using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Strategies;
using Mts.Strategies.MultiBucket;

namespace Mts.UnitTests.Strategies;

public sealed class MultiBucketTests
{
    private static readonly MultiBucketOptions Options = new();

    private static readonly CoinFigures Rising = new(Close: 100, M7: 0.1, M14: 0.08, M30: 0.2, Z7: 2, Z14: 1, Z30: 1, Strength: 0.2);

    [Fact]
    public void Momentum_is_measured_against_the_momenta_before_it()
    {
        var closes = Days.Walk(11, 211);
        var figures = CoinFigures.Of(closes, 180)!.Value;
        foreach (var (rows, value, z) in new[] { (7, figures.M7, figures.Z7), (14, figures.M14, figures.Z14), (30, figures.M30, figures.Z30) })
        {
            var momenta = Enumerable.Range(rows, closes.Length - rows).Select(i => (closes[i] / closes[i - rows]) - 1).ToList();
            var before = momenta[..^1].TakeLast(180).ToList();
            var deviation = Math.Sqrt(before.Sum(m => Math.Pow(m - before.Average(), 2)) / 179);
            value.ShouldBe(momenta[^1], 1e-12);
            z!.Value.ShouldBe((momenta[^1] - before.Average()) / deviation, 1e-9);
        }

        figures.Strength.ShouldBe((Enumerable.Range(197, 14).Count(i => closes[i] > closes[i - 1]) / 14.0) - 0.5, 1e-12);
        CoinFigures.Of(closes.AsSpan(1), 180)!.Value.Z30.ShouldBeNull();
        CoinFigures.Of(closes.AsSpan(0, 30), 180).ShouldBeNull();
    }

    [Fact]
    public void Momentum_buys_where_nothing_contradicts_it()
    {
        // .5 × 2 + .3 + .2 = 1.5: confidence .75, a share of .85.
        var view = CoinBuckets.Momentum(Rising, 0.5, Options)!;
        view.Confidence.ShouldBe(0.75, 1e-12);
        view.Weight.ShouldBe(0.02 * 0.85 * 0.5, 1e-12);
        CoinBuckets.Momentum(Rising with { Z7 = 3 }, 1, Options)!.Weight.ShouldBe(0.02, 1e-12);
        CoinBuckets.Momentum(Rising with { Z7 = 0.6 }, 1, Options)!.Weight.ShouldBe(0.014, 1e-12);
        CoinBuckets.Momentum(Rising with { M14 = 0.15, Z30 = 1.6 }, 1, Options).ShouldNotBeNull();
        CoinFigures[] contradicted =
        [
            Rising with { Z7 = 0.4 }, Rising with { M7 = 0.04 }, Rising with { M14 = 0 }, Rising with { M30 = -0.1 }, Rising with { M14 = 0.15 }, Rising with { Strength = 0 }, Rising with { Z14 = null },
        ];
        foreach (var f in contradicted) CoinBuckets.Momentum(f, 1, Options).ShouldBeNull(f.ToString());
    }

    [Theory]
    [InlineData(1.6, 0.01)]
    [InlineData(1.2, 0.008)]
    [InlineData(-1.2, -0.006)]
    [InlineData(0.9, null)]
    [InlineData(null, null)]
    public void A_residual_is_followed(double? z, double? weight) => (CoinBuckets.Residual(z, 1, Options) is { } view ? Math.Round(view.Weight, 12) : (double?)null).ShouldBe(weight);

    [Fact]
    public void A_residual_does_not_depend_on_the_factor()
    {
        var (factor, own) = (Days.Walk(1, 60).Select(x => x - 100).ToArray(), Days.Walk(2, 60).Select(x => x - 100).ToArray());
        own[^1] += 50;
        var z = CoinBuckets.ResidualZ(factor, own)!.Value;
        z.ShouldBeGreaterThan(1);
        CoinBuckets.ResidualZ(factor, [.. own.Select((x, i) => x + (3 * factor[i]) + 7)])!.Value.ShouldBe(z, 1e-6);
        CoinBuckets.ResidualZ([.. Enumerable.Repeat(1.0, 60)], own).ShouldBeNull();
        CoinBuckets.ResidualZ(factor, factor).ShouldBeNull();
    }

    [Fact]
    public void Reversion_works_both_ways_while_coins_move_on_their_own()
    {
        var rush = Rising with { Z7 = 2.4, Strength = -0.1 };
        var view = CoinBuckets.Reversion(rush, 0.1, 1, Options)!;
        view.Weight.ShouldBe(-0.01);
        view.Target!.Value.ShouldBe(95, 1e-12);   // half of 10 %
        view.Confidence.ShouldBe(0.8, 1e-12);
        var fall = CoinBuckets.Reversion(Rising with { M7 = -0.1, Z7 = -2.4, Strength = 0.1 }, 0.1, 1, Options)!;
        (fall.Weight, fall.Target).ShouldBe((0.01, 105));
        CoinBuckets.Reversion(rush, 0.15, 1, Options).ShouldBeNull();
        CoinBuckets.Reversion(rush with { Strength = 0.1 }, 0.1, 1, Options).ShouldBeNull();
    }

    [Theory]
    [InlineData(0.1, 1)]
    [InlineData(0.15, 1)]
    [InlineData(0.325, 0.7)]
    [InlineData(0.5, 0.4)]
    [InlineData(0.9, 0.4)]
    public void Less_is_risked_the_more_coins_move_together(double correlation, double leverage)
    {
        var regime = new Regime();
        regime.Judge(correlation);
        regime.Leverage.ShouldBe(leverage, 1e-12);
    }

    [Fact]
    public void Risk_is_off_after_a_leap_of_the_correlation_and_on_again_when_it_is_over()
    {
        var regime = new Regime();
        for (var i = 0; i < 8; i++) regime.Judge(0.2);
        regime.IsRiskOff.ShouldBeFalse();
        regime.Judge(0.31);
        (regime.IsRiskOff, regime.Leverage).ShouldBe((true, 0.4));
        regime.Judge(0.45);
        regime.IsRiskOff.ShouldBeTrue();
        regime.Judge(0.34);
        regime.IsRiskOff.ShouldBeFalse();
        for (var i = 0; i < 8; i++) regime.Judge(0.1);
        regime.Judge(0.24);   // a leap, but coins still move on their own
        regime.IsRiskOff.ShouldBeFalse();
    }

    [Fact]
    public void A_pair_is_hedged_by_its_regression()
    {
        var second = Days.Walk(3, 60);
        var first = second.Select(c => 2 * Math.Pow(c, 1.5)).ToArray();
        first[^1] *= 1.05;
        var pair = PairBucket.Of(first, second, Returns(first), Returns(second))!.Value;
        pair.Beta.ShouldBe(1.5, 0.05);
        pair.Z.ShouldBeGreaterThan(2);
        var (a, b) = pair.Views("AAA", "BBB", 1, Options);
        a.Weight.ShouldBeLessThan(0);
        (b.Weight - a.Weight).ShouldBe(0.02, 1e-12);
        (-b.Weight / a.Weight).ShouldBe(pair.Beta, 1e-12);
        PairBucket.Of(first, [.. Enumerable.Repeat(5.0, 60)], Returns(first), new double[59]).ShouldBeNull();
    }

    [Fact]
    public void A_view_stands_for_some_rows_after_it_was_last_taken_or_until_it_has_come_true()
    {
        var (view, held) = (new BucketView(0.01, 1, "because", Target: 110), new HeldView(3));
        held.Renew(view, 100);
        held.Renew(null, 100);
        held.Renew(null, 100);
        held.View.ShouldBe(view);
        held.Renew(null, 100);
        held.View.ShouldBeNull();
        held.Renew(view, 100);
        held.Renew(null, 110);
        held.View.ShouldBeNull();
    }

    [Fact]
    public void A_row_needs_a_bar_of_every_coin()
    {
        var (a, b) = (Days.Walk(1, 120, 0.05), Days.Walk(2, 120, 0.05));
        var halted = BarSeries.From(
            new SeriesKey("test", new Symbol("BBB", "USDT"), Interval.Day), true,
            [.. b.Select((c, i) => new Bar(Days.At(i), c, c, c, c, 1)).Where((_, i) => i is < 80 or > 90)]);
        var strategy = new StrategyCatalog().Create("MultiBucket", new Dictionary<string, string>());
        StrategyRun.Of(strategy, Days.Of("AAA", a), halted).Where(s => s.Time > Days.At(80) && s.Time <= Days.At(91) && !s.Reason.Contains("wanted since") && !s.Reason.StartsWith("stop")).ShouldBeEmpty();
    }

    private static double[] Returns(double[] closes) => [.. Enumerable.Range(1, closes.Length - 1).Select(i => (closes[i] / closes[i - 1]) - 1)];
}
