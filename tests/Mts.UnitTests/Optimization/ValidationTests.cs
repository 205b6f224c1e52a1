using System.Globalization;
using System.Text;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Engine;
using Mts.Engine.Optimization;
using Mts.Engine.Optimization.Validating;
using Mts.Engine.Reports;
using Mts.Strategies;
using Mts.UnitTests.Engine;

namespace Mts.UnitTests.Optimization;

public sealed class ValidationTests
{
    private static readonly StrategyCatalog Catalog = new();
    private static readonly BarSeries Market = Runs.Random(11, 700);

    [Fact]
    public void A_test_part_is_a_plain_backtest_that_starts_inside_it_and_nothing_of_it_reaches_the_search()
    {
        var found = Search(Market, new Validation.TrainTest(0.7));
        var fold = found.WalkForward!.Folds.ShouldHaveSingleItem();

        (fold.Train.Start, fold.Train.End, fold.Test.Start, fold.Test.End).ShouldBe((Day(0), Day(490), Day(490), Day(700)));
        fold.InSample!.Metrics.ShouldBe(found.Best!.Metrics);
        var plain = Runs.Run(Strategy(fold.InSample), new BacktestOptions { WarmUp = 490 }, Runs.Inputs(Market) with { Start = Day(490) });
        fold.OutOfSample!.Metrics.ShouldBe(plain.Metrics);
        plain.Trades.ShouldAllBe(t => t.EntryTime >= Day(490));

        // Another future changes neither the search nor its best.
        var other = Search(Altered(Market, 490), new Validation.TrainTest(0.7));
        (other.Id, other.Best!.Metrics).ShouldBe((found.Id, found.Best!.Metrics));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_walk_forward_trades_what_was_best_before(bool anchored)
    {
        var found = Search(Market, new Validation.WalkForward(anchored, null, 300, 100));
        var folds = found.WalkForward!.Folds;

        folds.Select(f => f.Test.Start).ShouldBe([Day(300), Day(400), Day(500), Day(600)]);
        folds.Select(f => f.Train.Start).ShouldBe(anchored ? [Day(0), Day(0), Day(0), Day(0)] : [Day(0), Day(100), Day(200), Day(300)]);
        foreach (var fold in folds)
        {
            fold.Train.End.ShouldBe(fold.Test.Start);
            // The best of all plain backtests on the train stretch.
            var plain = Pairs().Select(p => Plain(p, fold.Train)).MaxBy(r => r.Metrics.Sharpe)!;
            fold.InSample!.Metrics.ShouldBe(plain.Metrics);
            fold.InSampleObjective.ShouldBe(plain.Metrics.Sharpe);
            fold.OutOfSample!.Metrics.ShouldBe(Plain(Pair(fold.InSample), fold.Test).Metrics);
        }
    }

    [Fact]
    public void The_test_stretches_join_to_one_curve_and_its_figures()
    {
        var walk = Search(Waves.Of(1, 700, 0.01), new Validation.WalkForward(false, 4, null, null)).WalkForward!;

        var growth = walk.Folds.Aggregate(1.0, (whole, f) => whole * (1 + f.OutOfSample!.Metrics.TotalReturn));
        walk.OutOfSample.TotalReturn.ShouldBe(growth - 1, 1e-9);
        walk.Equity[^1].Value.ShouldBe(100_000 * growth, 1e-3);
        walk.Equity.Count.ShouldBe(walk.OutOfSample.Days + 1);
        walk.OutOfSample.Trades.ShouldBe(walk.Folds.Sum(f => f.OutOfSample!.Metrics.Trades));
        var growths = walk.Folds.Select(f => (In: Math.Log(1 + f.InSample!.Metrics.TotalReturn) / f.Train.Days, Out: Math.Log(1 + f.OutOfSample!.Metrics.TotalReturn) / f.Test.Days)).ToList();
        walk.Efficiency!.Value.ShouldBe(growths.Average(g => g.Out) / growths.Average(g => g.In), 1e-9);
    }

    [Fact]
    public void A_doubling_and_a_halving_out_of_sample_are_an_efficiency_of_nothing()
    {
        // Compounded to a year of 365 days, 73 days of them are +3,100 % and −97 %.
        var walk = Search(Waves.Of(1, 700, 0.01), new Validation.WalkForward(false, null, 365, 73)).WalkForward!;
        var folds = walk.Folds.Take(2).Select((f, i) => f with { InSample = Returning(f.InSample!, 1), OutOfSample = Returning(f.OutOfSample!, i == 0 ? 1 : -0.5) }).ToList();
        folds.Select(f => f.Efficiency!.Value).ShouldBe([5, -5], 1e-9);
        WalkForwardResult.Of(folds, 100_000).Efficiency!.Value.ShouldBe(0, 1e-9);

        static BacktestResult Returning(BacktestResult result, double total) => result with { Metrics = result.Metrics with { TotalReturn = total } };
    }

    [Theory]
    [InlineData(90, 40)] // 300 + 4 × 90 of 700 days
    [InlineData(100, 0)]
    public void Days_that_no_fold_trades_are_told(int test, int left)
    {
        var warnings = Search(Waves.Of(1, 700, 0.01), new Validation.WalkForward(true, null, 300, test)).Warnings.Where(w => w.Contains("traded by no fold")).ToList();
        warnings.ShouldBe(left == 0 ? [] : [$"the last {left} days are traded by no fold: they make no whole test stretch"]);
    }

    [Fact]
    public void The_future_of_a_fold_does_not_change_it()
    {
        var folds = Search(Market, new Validation.WalkForward(false, null, 300, 100)).WalkForward!.Folds;
        var altered = Search(Altered(Market, 500), new Validation.WalkForward(false, null, 300, 100)).WalkForward!.Folds;

        for (var i = 0; i < 2; i++) altered[i].OutOfSample!.Metrics.ShouldBe(folds[i].OutOfSample!.Metrics);
        altered[2].InSample!.Metrics.ShouldBe(folds[2].InSample!.Metrics);
        altered[2].OutOfSample!.Metrics.ShouldNotBe(folds[2].OutOfSample!.Metrics);
    }

    [Fact]
    public void Six_groups_two_kept_out_are_fifteen_splits_and_five_paths() // López de Prado 2018, figure 12.1
    {
        var cross = Search(Market, new Validation.CrossValidation(6, 2, 0.01)).CrossValidation!;

        cross.Splits.Count.ShouldBe(15);
        cross.Paths.Count.ShouldBe(5);
        cross.Splits[0].TestGroups.ShouldBe([0, 1]);
        cross.Splits[^1].TestGroups.ShouldBe([4, 5]);
        cross.Paths.ShouldAllBe(p => p.Days == 700);
        cross.EmbargoDays.ShouldBe(30 + 7); // the longest mean, and a hundredth of 700 days
        cross.PurgeDays.ShouldBe(0); // no signal of this strategy has a horizon
        // The first path takes group 0 from split (0, 1), the second from (0, 2): the returns of what each chose there.
        cross.MeanSharpe!.Value.ShouldBe(cross.Paths.Average(p => p.Sharpe!.Value), 1e-12);
    }

    [Fact]
    public void One_group_at_a_time_makes_one_path_of_what_each_split_chose()
    {
        var cross = Search(Market, new Validation.CrossValidation(5, 1, 0)).CrossValidation!;
        var path = cross.Paths.ShouldHaveSingleItem();

        var growth = 1.0;
        for (var g = 0; g < 5; g++)
        {
            var split = cross.Splits[g];
            var plain = Plain((int.Parse(split.Parameters!["fast"], CultureInfo.InvariantCulture), int.Parse(split.Parameters["slow"], CultureInfo.InvariantCulture)), cross.Groups[g]);
            split.OutOfSample!.TotalReturn.ShouldBe(plain.Metrics.TotalReturn, 1e-9);
            split.OutOfSample.Sharpe!.Value.ShouldBe(plain.Metrics.Sharpe!.Value, 1e-9);
            split.OutOfSample.Trades.ShouldBe(plain.Metrics.Trades);
            growth *= 1 + plain.Metrics.TotalReturn;
        }

        path.TotalReturn.ShouldBe(growth - 1, 1e-9);
    }

    [Theory] // groups of four days: which of the sixteen are seen
    [InlineData(0, 0, "1111 .... 1111 1111")]
    [InlineData(1, 2, "1110 .... 0011 1111")]
    [InlineData(3, 5, "1000 .... 0000 0111")]
    public void Days_within_reach_of_what_is_kept_out_are_dropped(int purge, int embargo, string seen) =>
        string.Join(' ', TrainDays.Of([4, 4, 4, 4], [1], purge, embargo).Select(g => g is null ? "...." : string.Concat(g.Select(d => d ? '1' : '0')))).ShouldBe(seen);

    [Theory]
    [InlineData(SearchMethod.Grid)]
    [InlineData(SearchMethod.Random)]
    public void Validations_are_the_same_on_any_number_of_threads(SearchMethod method)
    {
        foreach (var validation in (Validation[])[new Validation.WalkForward(true, 3, null, null), new Validation.CrossValidation(4, 2, 0.01)])
        {
            new[] { 1, 2, 7 }.Select(w => Encoding.UTF8.GetString(OptimizationJson.Write(Search(Market, validation, new OptimizerOptions { Method = method, Trials = 9, Workers = w }))))
                .Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        }
    }

    [Fact]
    public void A_strategy_without_skill_earns_nothing_out_of_sample_and_one_with_a_planted_edge_keeps_it()
    {
        var (noise, edge) = (new List<double>(), new List<double>());
        for (var seed = 0; seed < 8; seed++)
        {
            noise.Add(Search(Waves.Of(seed, 900, 0), new Validation.WalkForward(false, 4, null, null)).WalkForward!.OutOfSample.Sharpe ?? 0);
            edge.Add(Search(Waves.Of(seed, 900, 0.02), new Validation.WalkForward(false, 4, null, null)).WalkForward!.OutOfSample.Sharpe ?? 0);
        }

        noise.Average().ShouldBeLessThan(0.5);
        edge.Min().ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData("takes either --folds")]
    [InlineData("folds is 0", 0)]
    [InlineData("too short for 400 folds", 400)]
    public void A_walk_forward_that_cannot_be_is_refused(string says, int? folds = null) =>
        Should.Throw<ConfigurationException>(() => Search(Market, new Validation.WalkForward(false, folds, null, null))).Message.ShouldContain(says);

    [Theory]
    [InlineData("folds is 2", 2, 1, 0)]
    [InlineData("test-folds is 4", 6, 4, 0)]
    [InlineData("more than 1000", 30, 4, 0)]
    public void A_cross_validation_that_cannot_be_is_refused(string says, int groups, int test, double embargo) =>
        Should.Throw<ConfigurationException>(() => Search(Market, new Validation.CrossValidation(groups, test, embargo))).Message.ShouldContain(says);

    [Fact]
    public void Candidates_that_results_have_influenced_are_not_cross_validated() =>
        Should.Throw<ConfigurationException>(() => Search(Market, new Validation.CrossValidation(5, 1, 0), new OptimizerOptions { Method = SearchMethod.Bayesian })).Message.ShouldContain("grid or random");

    [Fact]
    public void An_objective_that_days_do_not_tell_is_not_cross_validated() =>
        Should.Throw<ConfigurationException>(() => Search(Market, new Validation.CrossValidation(5, 1, 0), new OptimizerOptions { Goal = Goal.Of("profit_factor") })).Message.ShouldContain("not of profit_factor");

    private static Timestamp Day(int day) => new(Runs.Start.Micros + (day * Timestamp.MicrosPerDay));

    private static IStrategy Strategy(BacktestResult result) => Runs.SmaCross(Pair(result).Fast, Pair(result).Slow);

    private static (int Fast, int Slow) Pair(BacktestResult result) => (int.Parse(result.Run.Strategies[0].Parameters["fast"], CultureInfo.InvariantCulture), int.Parse(result.Run.Strategies[0].Parameters["slow"], CultureInfo.InvariantCulture));

    private static IEnumerable<(int Fast, int Slow)> Pairs() => from fast in (int[])[3, 5, 7, 9] from slow in (int[])[15, 20, 30] select (fast, slow);

    private static BacktestResult Plain((int Fast, int Slow) pair, Stretch stretch)
    {
        var cut = Market.Slice(Runs.Start, stretch.End);
        return Runs.Run(Runs.SmaCross(pair.Fast, pair.Slow), new BacktestOptions(), Runs.Inputs(cut) with { Start = stretch.Start, End = stretch.End });
    }

    private static BarSeries Altered(BarSeries series, int from)
    {
        var random = new Random(1);
        return BarSeries.From(series.Key, true, [.. Enumerable.Range(0, series.Length).Select(i =>
        {
            var factor = i < from ? 1 : 0.5 + random.NextDouble();
            var bar = series[i];
            return bar with { Open = bar.Open * factor, High = bar.High * factor, Low = bar.Low * factor, Close = bar.Close * factor };
        })]);
    }

    private static OptimizationResult Search(BarSeries series, Validation validation, OptimizerOptions? options = null)
    {
        var space = SearchSpace.Of(Catalog.All.First(s => s.Name == "SmaCross"), new Dictionary<string, string> { ["fast"] = "10", ["slow"] = "50" }, ["fast=3..9:2", "slow=15,20,30"]);
        return new Optimizer(Catalog, Runs.Inputs(series), null, new BacktestOptions(), Runs.Labels).Run(space, (options ?? new OptimizerOptions()) with { Validation = validation }, TestContext.Current.CancellationToken);
    }
}
