using System.Text;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Engine;
using Mts.Engine.Optimization;
using Mts.Engine.Reports;
using Mts.Strategies;
using Mts.UnitTests.Engine;

namespace Mts.UnitTests.Optimization;

public sealed class OptimizerTests
{
    private static readonly StrategyCatalog Catalog = new();

    [Theory]
    [InlineData("sharpe")]
    [InlineData("total_return")]
    [InlineData("calmar")]
    [InlineData("sortino")]
    [InlineData("profit_factor")]
    [InlineData("max_drawdown")]
    [InlineData("min:turnover")]
    public void The_best_is_the_best_of_all_plain_backtests_and_its_figures_are_theirs(string objective)
    {
        var series = Runs.Random(3, 600);
        var found = Search(series, new OptimizerOptions { Goal = Goal.Of(objective) }, "fast=3..9:2", "slow=8,20,30");

        var plain = new List<BacktestResult>();
        foreach (var fast in (int[])[3, 5, 7, 9])
        {
            foreach (var slow in (int[])[8, 20, 30])
            {
                if (fast < slow) plain.Add(Runs.Run(Runs.SmaCross(fast, slow), new BacktestOptions(), series));
            }
        }

        found.Trials.ShouldBe(11);
        found.Skipped.ShouldBe(1); // 9 and 8
        found.Best!.Metrics.ShouldBe(plain.MaxBy(Value)!.Metrics);
        found.Top.Select(t => t.Metrics).ShouldBe(plain.OrderByDescending(Value).Take(10).Select(p => p.Metrics));

        double Value(BacktestResult r) => objective switch
        {
            "sharpe" => r.Metrics.Sharpe!.Value,
            "total_return" => r.Metrics.TotalReturn,
            "calmar" => r.Metrics.Calmar!.Value,
            "profit_factor" => r.Metrics.ProfitFactor!.Value,
            "max_drawdown" => -r.Metrics.MaxDrawdown,
            "min:turnover" => -r.Metrics.Turnover!.Value,
            _ => r.Metrics.Sortino!.Value,
        };
    }

    [Theory]
    [InlineData(SearchMethod.Random)]
    [InlineData(SearchMethod.Bayesian)]
    [InlineData(SearchMethod.Genetic)]
    public void The_result_is_the_same_on_any_number_of_threads(SearchMethod method)
    {
        var series = Runs.Random(5, 400);

        var documents = new[] { 1, 2, 7 }.Select(workers => Encoding.UTF8.GetString(OptimizationJson.Write(
            Search(series, new OptimizerOptions { Workers = workers, Method = method, Trials = 60, Seed = 9 }, "fast=3..29", "slow=20..59")))).ToList();

        documents.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem().ShouldContain("\"trials\":60");
    }

    [Theory]
    [InlineData(SearchMethod.Random)]
    [InlineData(SearchMethod.Bayesian)]
    [InlineData(SearchMethod.Genetic)]
    public void Draws_do_not_repeat_and_go_by_the_seed(SearchMethod method)
    {
        var series = Runs.Random(5, 200);

        Params(1).ShouldBe(Params(1));
        Params(1).ShouldNotBe(Params(2));
        Params(1).Distinct(StringComparer.Ordinal).Count().ShouldBe(40);

        List<string> Params(int seed) => [.. Search(series, new OptimizerOptions { Method = method, Trials = 40, Seed = seed, Top = 40 }, "fast=3..59", "slow=20..59").Top
            .Select(t => string.Join('/', t.Run.Strategies[0].Parameters.Values))];
    }

    [Theory]
    [InlineData(SearchMethod.Random)]
    [InlineData(SearchMethod.Bayesian)]
    [InlineData(SearchMethod.Genetic)]
    public void A_space_too_large_for_a_list_is_drawn_from(SearchMethod method) =>
        Search(Runs.Random(5, 100), new OptimizerOptions { Method = method, Trials = 5 }, "fast=1..10000", "slow=2..10000").Trials.ShouldBe(5);

    [Theory]
    [InlineData(SearchMethod.Random)]
    [InlineData(SearchMethod.Bayesian)]
    [InlineData(SearchMethod.Genetic)]
    public void With_trials_enough_for_all_every_method_finds_what_the_grid_finds_and_the_same_figures(SearchMethod method)
    {
        var series = Runs.Random(8, 300);
        var grid = Search(series, new OptimizerOptions(), "fast=3..9:2", "slow=8,20,30");
        var found = Search(series, new OptimizerOptions { Method = method, Trials = 1_000, Seed = 5 }, "fast=3..9:2", "slow=8,20,30");

        (found.Trials, found.Skipped).ShouldBe((11, 1));
        found.Top.Select(t => Encoding.UTF8.GetString(BacktestJson.Write(t))).ShouldBe(grid.Top.Select(t => Encoding.UTF8.GetString(BacktestJson.Write(t))));
        (found.DeflatedSharpe, found.ProbabilityOfOverfitting).ShouldBe((grid.DeflatedSharpe, grid.ProbabilityOfOverfitting));
    }

    [Fact]
    public void What_breaks_a_constraint_ranks_last_and_is_never_the_best()
    {
        var series = Runs.Random(3, 600);
        var free = Search(series, new OptimizerOptions { Top = 100 }, "fast=3..9:2", "slow=8,20,30");
        var bound = free.Top[0].Metrics.Trades; // the best may not trade as often as it does
        var found = Search(series, new OptimizerOptions { Top = 100, Goal = Goal.Of("sharpe", $"trades<{bound}") }, "fast=3..9:2", "slow=8,20,30");

        found.Best!.Metrics.ShouldBe(free.Top.First(t => t.Metrics.Trades < bound).Metrics);
        found.Feasible.ShouldBe(free.Top.Count(t => t.Metrics.Trades < bound));
        found.Top.Take(found.Feasible).ShouldAllBe(t => t.Metrics.Trades < bound);
        found.Top.Skip(found.Feasible).Select(t => t.Metrics.Trades).ShouldBeInOrder();
    }

    [Fact]
    public void Where_nothing_keeps_the_constraints_there_is_no_best()
    {
        var found = Search(Runs.Random(3, 200), new OptimizerOptions { Goal = Goal.Of("sharpe", "trades>=1000") }, "fast=3..9:2", "slow=20,30");

        (found.Best, found.Feasible, found.DeflatedSharpe, found.Interval).ShouldBe((null, 0, null, null));
        found.Warnings.ShouldContain(w => w.Contains("none of 8 trials keeps the constraints trades>=1000", StringComparison.Ordinal));
        Encoding.UTF8.GetString(OptimizationJson.Write(found)).ShouldContain("\"best\":null");
    }

    [Fact]
    public void The_deflated_Sharpe_ratio_as_objective_is_that_of_the_luck_table()
    {
        var found = Search(Runs.Random(3, 600), new OptimizerOptions { Goal = Goal.Of("deflated_sharpe") }, "fast=3..9:2", "slow=8,20,30");

        found.Objectives[0].ShouldBe(found.DeflatedSharpe);
        found.Objectives.ShouldBe(found.Objectives.OrderByDescending(o => o));
    }

    [Fact]
    public void A_grid_too_large_is_refused() =>
        Should.Throw<ConfigurationException>(() => Search(Runs.Random(5, 100), new OptimizerOptions(), "fast=1..10000", "slow=2..10000")).Message.ShouldContain("--search random");

    [Fact]
    public void A_space_that_the_strategy_refuses_is_empty() =>
        Should.Throw<ConfigurationException>(() => Search(Runs.Random(5, 100), new OptimizerOptions(), "fast=50..59", "slow=20..29")).Message.ShouldContain("refuses all 100 combinations");

    [Fact]
    public void Combinations_that_never_trade_have_no_ratio_and_rank_last()
    {
        var found = Search(Runs.Random(5, 60), new OptimizerOptions { Top = 3 }, "fast=5", "slow=10,100,200");

        found.Top.Select(t => t.Run.Strategies[0].Parameters["slow"]).ShouldBe(["10", "100", "200"]);
        found.Best!.Metrics.Sharpe.ShouldNotBeNull();
        found.Top[1].Metrics.Sharpe.ShouldBeNull();
        found.Trials.ShouldBe(3);
    }

    [Theory]
    [InlineData(SearchMethod.Grid)]
    [InlineData(SearchMethod.Random)]
    [InlineData(SearchMethod.Bayesian)]
    [InlineData(SearchMethod.Genetic)]
    public void A_search_over_random_walks_hardly_ever_passes(SearchMethod method)
    {
        var (passed, overfit) = (0, new List<double>());
        for (var seed = 0; seed < 100; seed++)
        {
            var found = Search(Walk(seed, 500), new OptimizerOptions { Method = method, Trials = 25, Seed = seed }, Runs.Free, "fast=3..15:3", "slow=20..60:8");
            if (found.DeflatedSharpe > 0.95) passed++;
            overfit.Add(found.ProbabilityOfOverfitting!.Value);
        }

        passed.ShouldBeLessThanOrEqualTo(5); // 5 %
        overfit.Average().ShouldBe(0.5, 0.1);
    }

    [Theory]
    [InlineData(SearchMethod.Grid)]
    [InlineData(SearchMethod.Random)]
    [InlineData(SearchMethod.Bayesian)]
    [InlineData(SearchMethod.Genetic)]
    public void A_planted_edge_is_found(SearchMethod method)
    {
        var series = Waves.Of(5, 900, 0.01);
        var grid = Search(series, new OptimizerOptions(), Runs.Free, "fast=1..30", "slow=2..100:2");
        var found = Search(series, new OptimizerOptions { Method = method, Trials = 200, Seed = 2 }, Runs.Free, "fast=1..30", "slow=2..100:2");

        found.Best!.Metrics.Sharpe!.Value.ShouldBeGreaterThan(0.9 * grid.Best!.Metrics.Sharpe!.Value);
        found.ProbabilityOfOverfitting!.Value.ShouldBeLessThan(0.3);
    }

    [Fact]
    public void The_best_of_a_few_trials_with_an_edge_passes() =>
        Search(Waves.Of(5, 900, 0.01), new OptimizerOptions(), Runs.Free, "fast=3..7:2", "slow=12..20:4").DeflatedSharpe!.Value.ShouldBeGreaterThan(0.95);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_strategy_that_throws_ends_the_search_with_its_first_failing_parameters(int workers)
    {
        var space = SearchSpace.Of(Catalog.All.First(s => s.Name == "SmaCross"), new Dictionary<string, string> { ["fast"] = "10", ["slow"] = "50" }, ["fast=1..40"]);
        var optimizer = new Optimizer(new Faulty(), Runs.Inputs(Runs.Random(1, 50)), null, new BacktestOptions(), Runs.Labels);

        var failure = Should.Throw<StrategyException>(() => optimizer.Run(space, new OptimizerOptions { Workers = workers }, TestContext.Current.CancellationToken));

        failure.Message.ShouldContain("with fast=7, slow=50");
        failure.Message.ShouldContain("out of luck");
    }

    private static OptimizationResult Search(BarSeries series, OptimizerOptions options, params string[] given) => Search(series, options, null, given);

    private static OptimizationResult Search(BarSeries series, OptimizerOptions options, BacktestOptions? backtest, params string[] given)
    {
        var space = SearchSpace.Of(Catalog.All.First(s => s.Name == "SmaCross"), new Dictionary<string, string> { ["fast"] = "10", ["slow"] = "50" }, given);
        return new Optimizer(Catalog, Runs.Inputs(series), null, backtest ?? new BacktestOptions(), Runs.Labels).Run(space, options, TestContext.Current.CancellationToken);
    }

    private static BarSeries Walk(int seed, int days)
    {
        var random = new Random(seed);
        var closes = new double[days];
        var price = 1_000.0;
        for (var i = 0; i < days; i++)
        {
            // A martingale: the price itself has no drift.
            price *= 1 + (random.Next(2) == 0 ? 0.02 : -0.02);
            closes[i] = Math.Round(price, 4);
        }

        return Runs.Closes(closes);
    }

    /// <summary>Throws for every multiple of seven.</summary>
    private sealed class Faulty : IStrategyCatalog
    {
        public IReadOnlyList<StrategyDescriptor> All => Catalog.All;

        public IStrategy Create(string name, IReadOnlyDictionary<string, string> parameters) =>
            int.Parse(parameters["fast"], System.Globalization.CultureInfo.InvariantCulture) % 7 == 0 ? new Thrower() : Catalog.Create(name, parameters);
    }

    private sealed class Thrower : IStrategy
    {
        public string Name => "SmaCross";

        public StrategyNeeds Needs { get; } = new();

        public void OnStart(IStrategyContext context)
        {
        }

        public void OnSlice(in MarketSlice slice, IStrategyContext context) => throw new InvalidOperationException("out of luck");
    }
}
