using Mts.Core.Indicators;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Engine;
using Mts.Engine.Optimization;
using Mts.UnitTests.Engine;

namespace Mts.UnitTests.Optimization;

/// <summary>What a search takes a short way to, against the loop that shows every bar.</summary>
public sealed class TurnRunTests
{
    private int compared;

    [Theory]
    [InlineData(10, 5, 0.00000001)]
    [InlineData(0, 0, 0.00000001)]
    [InlineData(7.5, 0.25, 0.01)]
    [InlineData(300, 100, 0.00000001)]
    [InlineData(10, 5, 40)]
    public void Is_the_loop_over_all_bars_to_the_last_bit(double feeBps, double slippageBps, double lot)
    {
        var options = new BacktestOptions { FeeBps = (decimal)feeBps, SlippageBps = (decimal)slippageBps, Lots = [(decimal)lot], AllowGaps = true };
        for (var seed = 0; seed < 25; seed++)
        {
            Compare(Runs.Inputs(Runs.Random(seed, 400)), options, 2, 9);
            Compare(Runs.Inputs(Runs.Random(seed, 700, interval: Interval.Hour)), options, 5, 6);
            Compare(Runs.Inputs(Runs.Random(seed, 30, interval: Interval.Week)), options, 1, 2);
            Compare(Runs.Inputs(WithHoles(Runs.Random(seed, 3_000, interval: Interval.Minute), seed)), options, 3, 40);
            Compare(After(seed * 7, Runs.Random(seed, 400)), options, 2, 9);
            Compare(After(seed * 11, Runs.Random(seed, 700, interval: Interval.Hour)), options, 5, 6);
        }
    }

    [Fact]
    public void A_start_before_the_first_bar_and_means_longer_than_the_series()
    {
        var series = Runs.Random(4, 200, interval: Interval.FourHours);
        var inputs = Runs.Inputs(series) with { Start = new Timestamp(Runs.Start.Micros - (5 * Timestamp.MicrosPerDay)) };
        Compare(inputs, new BacktestOptions { AllowGaps = true }, 3, 20);
        Compare(inputs, new BacktestOptions { AllowGaps = true }, 3, 199);
        Compare(inputs, new BacktestOptions { AllowGaps = true }, 3, 200);
        Compare(inputs, new BacktestOptions { AllowGaps = true }, 3, 5_000);
    }

    [Fact]
    public void Several_markets_and_figures_that_need_every_bar_go_the_long_way()
    {
        var (one, two) = (Runs.Random(4, 200), Runs.Random(5, 200, "ETH/USDT"));
        TurnMarket.Of(Runs.Inputs(one, two), null, new BacktestOptions(), Goal.Sharpe).ShouldBeNull();
        TurnMarket.Of(Runs.Inputs(one), null, new BacktestOptions(), Goal.Of("sharpe", "exposure<=0.5")).ShouldBeNull();
        TurnMarket.Of(Runs.Inputs(one), null, new BacktestOptions(), Goal.Sharpe).ShouldNotBeNull();
    }

    [Fact]
    public void Sums_that_do_not_fit_are_not_guessed() =>
        new PrefixSums([9e10, 8e10, 9e10]).TryFindCrossings(1, 2, []).ShouldBeFalse();

    [Fact]
    public void Equal_means_are_no_crossing()
    {
        // 3 and 3 | 2, 2.5 | 2, 2 | 4, 3 | 2, 3 | 3, 2.5
        var turns = new List<int>();
        new PrefixSums([3, 3, 2, 2, 4, 2, 3]).TryFindCrossings(1, 2, turns).ShouldBeTrue();
        turns.ShouldBe([4, 5, 6]);
    }

    private void Compare(BacktestInputs inputs, BacktestOptions options, int fast, int slow)
    {
        // All of them in turn: each market has three.
        var metrics = Metric.All.Where(TurnRun.Knows).ToList();
        foreach (var goal in Enumerable.Range(0, 3).Select(i => Goal.Of(metrics[(compared++ + (i * 5)) % metrics.Count].Name, "trades>=3", "max_drawdown<=0.3")))
        {
            var strategy = (ITurningStrategy)Runs.SmaCross(fast, slow);
            var expected = Trial.Run(inputs, strategy, null, options, 7, goal, keepsDays: true, follow: null, TestContext.Current.CancellationToken);
            var run = new TurnRun(TurnMarket.Of(inputs, null, options, goal)!, goal);
            for (var again = 0; again < 2; again++)
            {
                strategy.TryFindTurns(new PrefixSums(inputs.Instruments[0].Series.Closes), run.Turns).ShouldBeTrue();
                var found = run.Run(7, keepsDays: true);
                found.Days!.Returns.ShouldBe(expected.Days!.Returns);
                found.Days.Trades.ShouldBe(expected.Days.Trades);
                (found.Combination, found.Score, found.Violation, found.Shape).ShouldBe((7, expected.Score, expected.Violation, expected.Shape), goal.Name);
                (found.Blocks?.Sums ?? []).ShouldBe(expected.Blocks?.Sums ?? []);
                (found.Blocks?.Squares ?? []).ShouldBe(expected.Blocks?.Squares ?? []);
            }
        }
    }

    /// <summary>The first bars are warm-up.</summary>
    private static BacktestInputs After(int bars, BarSeries series) => Runs.Inputs(series) with { Start = series[bars].OpenTime };

    private static BarSeries WithHoles(BarSeries series, int seed)
    {
        var random = new Random(seed);
        var builder = new BarSeriesBuilder();
        var shift = 0L;
        for (var i = 0; i < series.Length; i++)
        {
            // Some bars are missing, and sometimes days.
            if (random.Next(50) == 0) shift += random.Next(1, 5) * Timestamp.MicrosPerDay;
            if (random.Next(10) > 0 || i == 0) builder.Add(series[i] with { OpenTime = new Timestamp(series.OpenTimes[i] + shift) });
        }

        return builder.Build(series.Key, hasVolume: true);
    }
}
