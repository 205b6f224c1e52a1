using Mts.Core.Market;
using Mts.Engine;
using Mts.Engine.Allocation;
using Mts.Engine.Optimization;
using Mts.Engine.Optimization.Validating;
using Mts.Strategies;
using Mts.UnitTests.Engine;

namespace Mts.UnitTests.Optimization;

/// <summary>Searches of a strategy whose sizes an allocation chooses.</summary>
public sealed class AllocatedSearchTests
{
    private static readonly StrategyCatalog Catalog = new();
    private static readonly AllocationOptions Rule = new() { Method = AllocationMethod.InverseVolatility, Lookback = 30, Every = TimeSpan.FromDays(14), MaxWeight = 0.6 };
    private static readonly BacktestInputs Inputs = Runs.Inputs(Runs.Random(1, 500, "BTC/USDT"), Runs.Random(2, 500, "ETH/USDT"), Runs.Random(3, 500, "SOL/USDT"));

    [Fact]
    public void The_best_and_every_fold_are_plain_backtests_of_the_allocated_strategy()
    {
        var found = Search(new Validation.WalkForward(false, null, 200, 100));

        var best = found.Best!;
        var plain = Plain(best, Inputs, new BacktestOptions());
        best.Metrics.ShouldBe(plain.Metrics);
        best.Run.Id.ShouldBe(plain.Run.Id);
        best.Run.Strategies[0].Parameters["allocation"].ShouldBe("inverse-volatility");
        plain.Trades.Count.ShouldBeGreaterThan(10);
        found.Trials.ShouldBe(5);

        var folds = found.WalkForward!.Folds;
        folds.Count.ShouldBe(3);
        foreach (var fold in folds)
        {
            var (train, test) = (Ranged(fold.Train), Ranged(fold.Test));
            fold.InSample!.Metrics.ShouldBe(Plain(fold.InSample, train.Inputs, train.Options).Metrics);
            fold.OutOfSample!.Metrics.ShouldBe(Plain(fold.OutOfSample, test.Inputs, test.Options).Metrics);
            // The best of all that could be chosen on its train stretch.
            Enumerable.Range(5, 5).Max(entry => Plain(Own(entry), train.Inputs, train.Options).Metrics.Sharpe).ShouldBe(fold.InSample.Metrics.Sharpe);
        }
    }

    [Fact]
    public void The_allocation_matters()
    {
        var plain = new Optimizer(Catalog, Inputs, null, new BacktestOptions(), Runs.Labels).Run(Space(false), new OptimizerOptions(), TestContext.Current.CancellationToken);
        Search(null).Best!.Metrics.ShouldNotBe(plain.Best!.Metrics);
    }

    private static OptimizationResult Search(Validation? validation) => new Optimizer(new AllocatedCatalog(Catalog, Rule), Inputs, null, new BacktestOptions(), Runs.Labels)
        .Run(Space(true), new OptimizerOptions { Validation = validation }, TestContext.Current.CancellationToken);

    private static SearchSpace Space(bool isAllocated) =>
        SearchSpace.Of(Catalog.All.First(d => d.Name == "Donchian"), isAllocated ? Own(5).Concat(Rule.ToParameters()).ToDictionary() : Own(5), ["entry=5..9"]);

    private static Dictionary<string, string> Own(int entry) => new() { ["entry"] = $"{entry}", ["exit"] = "3" };

    private static BacktestResult Plain(BacktestResult found, BacktestInputs inputs, BacktestOptions options) =>
        Plain(found.Run.Strategies[0].Parameters.Where(p => !p.Key.StartsWith("allocation", StringComparison.Ordinal)).ToDictionary(), inputs, options);

    private static BacktestResult Plain(Dictionary<string, string> own, BacktestInputs inputs, BacktestOptions options) => Backtest.Run(
        inputs, [new AllocatedStrategy(Catalog.Create("Donchian", own), Rule)], null, null, options,
        Runs.Labels with { Parameters = [own.Concat(Rule.ToParameters()).ToDictionary()] }, TestContext.Current.CancellationToken);

    // As `mts backtest --start --end --warm-up` would load it.
    private static (BacktestInputs Inputs, BacktestOptions Options) Ranged(Stretch stretch)
    {
        var inputs = Inputs with
        {
            Instruments = [.. Inputs.Instruments.Select(i => i with { Series = i.Series.Slice(Timestamp.MinValue, stretch.End) })],
            Start = stretch.Start,
            End = stretch.End,
        };
        return (inputs, new BacktestOptions { WarmUp = (int)(stretch.Start - Inputs.Start).TotalDays });
    }
}
