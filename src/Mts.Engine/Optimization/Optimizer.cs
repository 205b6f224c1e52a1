using Mts.Core;
using Mts.Core.Performance;
using Mts.Core.Ports;
using Mts.Core.Risk;

namespace Mts.Engine.Optimization;

/// <summary>Judges many parameters of one strategy on the same data. The same inputs give the same result on any number of threads.</summary>
/// <param name="catalog">Makes the strategies; called from several threads.</param>
/// <param name="inputs">The data.</param>
/// <param name="risk">Limits; null for none.</param>
/// <param name="backtest">Costs and rules of every trial.</param>
/// <param name="labels">How the runs name themselves; their parameters are set here.</param>
public sealed class Optimizer(IStrategyCatalog catalog, BacktestInputs inputs, RiskPolicy? risk, BacktestOptions backtest, RunLabels labels)
{
    private const double UsualThreshold = 0.95;

    /// <exception cref="ConfigurationException">The space is empty or too large.</exception>
    /// <exception cref="BacktestDataException">The data does not cover the range, has holes, or lacks what the strategy needs.</exception>
    /// <exception cref="StrategyException">A strategy threw or gave an impossible signal.</exception>
    public OptimizationResult Run(SearchSpace space, OptimizerOptions options, CancellationToken cancellationToken)
    {
        options.Validate();
        backtest.Validate();
        var candidates = Candidates.Of(space, catalog, options);
        InputChecks.Check(inputs, [catalog.Create(space.Strategy, space.Parameters(candidates.Combinations[0]))], backtest, []);
        var trials = Try(space, candidates.Combinations, options, cancellationToken);
        var ranked = trials.Select((t, i) => (Trial: t, Order: i)).OrderByDescending(t => t.Trial.Score.HasValue).ThenByDescending(t => t.Trial.Score).ThenBy(t => t.Order).Take(options.Top).Select(t => t.Trial).ToList();
        var top = ranked.ConvertAll(t => Plain(space, t.Combination, cancellationToken));
        var deflated = Deflated(ranked[0], trials);
        var overfitting = ProbabilityOfBacktestOverfitting.Of([.. trials.Select(t => t.Blocks).OfType<BlockSums>()], cancellationToken);
        return new OptimizationResult
        {
            Space = space,
            Options = options,
            Trials = trials.Length,
            Skipped = candidates.Skipped,
            Top = top,
            DeflatedSharpe = deflated,
            ProbabilityOfOverfitting = overfitting,
            Warnings = [.. top[0].Warnings, .. Warnings(ranked[0], trials, candidates.Skipped, deflated, overfitting)],
        };
    }

    /// <summary>Who watches that strategies return; null for nobody.</summary>
    public RunProgress? Progress { get; init; }

    private Trial[] Try(SearchSpace space, IReadOnlyList<long> combinations, OptimizerOptions options, CancellationToken cancellationToken)
    {
        var trials = new Trial[combinations.Count];
        var failures = new Exception?[combinations.Count];
        var workers = new ParallelOptions { MaxDegreeOfParallelism = options.Workers, CancellationToken = cancellationToken };
        var market = catalog.Create(space.Strategy, space.Parameters(combinations[0])) is ITurningStrategy ? TurnMarket.Of(inputs, risk, backtest) : null;
        Parallel.For(0, trials.Length, workers, () => market is null ? null : new TurnRun(market, options.Objective), (i, loop, run) =>
        {
            try
            {
                var strategy = catalog.Create(space.Strategy, space.Parameters(combinations[i]));
                trials[i] = run is not null && strategy is ITurningStrategy turning && turning.TryFindTurns(market!.Sums, run.Turns)
                    ? run.Run(combinations[i])
                    : Trial.Run(inputs, strategy, risk, backtest, combinations[i], options.Objective, cancellationToken, Progress);
            }
            catch (MtsException failure)
            {
                // Those before it still run, so that the first one in the order of the space is told, on any number of threads.
                failures[i] = failure;
                loop.Break();
            }

            return run;
        }, _ => { });
        var failed = Array.FindIndex(failures, f => f is not null);
        if (failed < 0) return trials;
        var parameters = string.Join(", ", space.Parameters(combinations[failed]).Select(p => $"{p.Key}={p.Value}"));
        throw new StrategyException($"with {parameters}: {failures[failed]!.Message}", failures[failed]);
    }

    private BacktestResult Plain(SearchSpace space, long combination, CancellationToken cancellationToken)
    {
        var parameters = space.Parameters(combination);
        return Backtest.Run(inputs, [catalog.Create(space.Strategy, parameters)], null, risk, backtest, labels with { Parameters = [parameters] }, cancellationToken, Progress);
    }

    // A trial without a Sharpe ratio has been tried all the same: it counts, and adds nothing to the variance.
    private static double? Deflated(Trial best, Trial[] trials)
    {
        if (best.Shape is not { } shape) return null;
        var sharpes = trials.Where(t => t.Shape is not null).Select(t => t.Shape!.Value.Sharpe).ToArray();
        var mean = sharpes.Average();
        var variance = sharpes.Length < 2 ? 0 : sharpes.Sum(s => (s - mean) * (s - mean)) / (sharpes.Length - 1);
        return DeflatedSharpeRatio.Of(shape, trials.Length, variance);
    }

    private static IEnumerable<string> Warnings(Trial best, Trial[] trials, int skipped, double? deflated, double? overfitting)
    {
        if (skipped > 0) yield return $"{skipped} combinations were skipped: the strategy refuses them";
        if (best.Score is null) yield return "the objective is undefined for every trial; the first one stands as the best";
        if (deflated < UsualThreshold) yield return FormattableString.Invariant($"the best of {trials.Length} trials may be luck: its deflated Sharpe ratio is {deflated:0.000}, below {UsualThreshold}");
        if (overfitting >= 0.5) yield return FormattableString.Invariant($"the search overfits: what was best on one half of the time was no better than the median on the other in {overfitting * 100:0} % of cases");
        var left = trials.Count(t => t.Blocks is null);
        if (left > 0) yield return $"{left} of {trials.Length} trials are not in the probability of overfitting: fewer than 20 days, or nothing was left of the capital";
    }
}
