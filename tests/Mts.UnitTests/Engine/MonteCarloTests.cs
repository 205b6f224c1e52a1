using System.Text.Json;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Performance;
using Mts.Engine;
using Mts.Engine.Analytics;
using Mts.Engine.Reports;
using Mts.UnitTests.Performance;

namespace Mts.UnitTests.Engine;

public sealed class MonteCarloTests
{
    // 300 days of log returns of mean 0.0005 and deviation 0.01, so that the total is log-normal.
    private static readonly IReadOnlyList<EquityPoint> Daily = Curve(BootstrapTests.Autoregression(300, 0, 0.05, 21).Select(x => Math.Exp(x * 0.01) - 1));

    private static readonly MonteCarloResult Luck = MonteCarlo.Of(Daily, [10, -20, 30, -5], 4_000, 7, TestContext.Current.CancellationToken);

    [Fact]
    public void The_median_path_is_that_of_the_record_itself()
    {
        // Sums of independent draws are centred on the sum of the record: within 0.04 of its log, whose deviation is 0.01 √300 = 0.17.
        var own = Math.Log(Daily[^1].Value / Daily[0].Value);
        Math.Log(1 + Luck.TotalReturn.P50).ShouldBe(own, 0.04);
    }

    [Fact]
    public void The_spread_is_that_of_a_sum_of_independent_days() // 2 × 1.645 × 0.01 √300
    {
        var width = Math.Log(1 + Luck.TotalReturn.P95) - Math.Log(1 + Luck.TotalReturn.P5);
        width.ShouldBe(2 * 1.645 * 0.01 * Math.Sqrt(300), 0.15);
    }

    [Fact]
    public void The_fan_opens_from_one_to_the_end()
    {
        Luck.Fan[0].Values.ShouldBe(new Spread(1, 1, 1, 1, 1));
        Luck.Fan[^1].Time.ShouldBe(Daily[^1].Time);
        Luck.Fan[^1].Values.P50.ShouldBe(1 + Luck.TotalReturn.P50, 1e-12);
        Luck.Fan.Count.ShouldBe(61);
    }

    [Fact]
    public void Deeper_drawdowns_are_rarer() =>
        Luck.Depths.Select(d => d.Probability).ShouldBe(Luck.Depths.Select(d => d.Probability).OrderDescending());

    [Fact]
    public void A_sure_loser_is_ruined_for_sure() // −1 % a day for 200 days leaves 13 %
    {
        var luck = MonteCarlo.Of(Curve(Enumerable.Repeat(-0.01, 200)), [], 100, 0, TestContext.Current.CancellationToken);
        (luck.RuinProbability, luck.LossProbability, luck.ShuffledDrawdown).ShouldBe((1, 1, null));
        luck.MaxDrawdown.P50.ShouldBe(1 - Math.Pow(0.99, 200), 1e-9);
    }

    [Fact]
    public void Shuffling_two_trades_leaves_two_drawdowns() // 100 → 50 → 75, or 100 → 150 → 75: half each
    {
        var luck = MonteCarlo.Of(Curve(Enumerable.Repeat(0.001, 30), 100), [-50, 25], 100, 3, TestContext.Current.CancellationToken);
        (luck.ShuffledDrawdown!.Value.P5, luck.ShuffledDrawdown.Value.P95).ShouldBe((0.5, 0.5));
        MonteCarlo.Of(Curve(Enumerable.Repeat(0.001, 30), 100), [-10, 20, -10], 1_000, 3, TestContext.Current.CancellationToken)
            .ShuffledDrawdown!.Value.ShouldSatisfyAllConditions(s => s.P95.ShouldBe(1 - (0.9 * (1 - (10.0 / 110))), 1e-9), s => s.P5.ShouldBeLessThan(s.P95));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes() =>
        Text(MonteCarlo.Of(Daily, [10, -20, 30, -5], 500, 7, TestContext.Current.CancellationToken)).ShouldBe(Text(MonteCarlo.Of(Daily, [10, -20, 30, -5], 500, 7, TestContext.Current.CancellationToken)));

    [Fact]
    public void A_short_record_is_refused_and_says_why() =>
        Should.Throw<BacktestDataException>(() => MonteCarlo.Of(Curve(Enumerable.Repeat(0.01, 19)), [], 100, 0, TestContext.Current.CancellationToken)).Message.ShouldContain("20 days");

    [Fact]
    public void Higher_costs_are_run_again_and_never_help()
    {
        var market = Runs.Random(31, 400);
        var stressed = StressedRun.Of(new BacktestOptions(), o => Runs.Run(Runs.SmaCross(3, 9), o, market));
        stressed.Select(s => (s.Factor, s.FeeBps, s.SlippageBps)).ShouldBe([(1, 10, 5), (1.5, 15, 7.5m), (2, 20, 10), (3, 30, 15)]);
        stressed.Select(s => s.TotalReturn).ShouldBe(stressed.Select(s => s.TotalReturn).OrderDescending());
        stressed[0].TotalReturn.ShouldBe(Runs.Run(Runs.SmaCross(3, 9), new BacktestOptions(), market).Metrics.TotalReturn);
    }

    private static string Text(MonteCarloResult luck)
    {
        using var stream = new MemoryStream();
        using (var w = new Utf8JsonWriter(stream))
        {
            w.WriteStartObject();
            MonteCarloJson.Write(w, luck);
            w.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static IReadOnlyList<EquityPoint> Curve(IEnumerable<double> returns, double capital = 1_000)
    {
        var curve = new List<EquityPoint> { new(Runs.Start, capital) };
        foreach (var r in returns) curve.Add(new EquityPoint(new Timestamp(curve[^1].Time.Micros + Timestamp.MicrosPerDay), curve[^1].Value * (1 + r)));
        return curve;
    }
}
