using Mts.Core;
using Mts.Core.Ports;

namespace Mts.Engine.Optimization;

/// <summary>Runs trials over one range of time, several at once; what comes of them does not depend on how many.</summary>
internal sealed class TrialRunner(SearchSetup setup, Window window)
{
    private TurnMarket? market;
    private bool isPrepared;

    /// <summary>What was finished before, and where what is finished now is kept; null for nowhere.</summary>
    public SearchPart? Progress { get; init; }

    /// <summary>Keeps the daily returns of each trial, which a validation cuts and joins.</summary>
    public bool KeepsDays { get; init; }

    /// <param name="combinations">What is tried.</param>
    /// <param name="onDone">Told what was finished, whether all was or the run broke off.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="StrategyException">A strategy threw or gave an impossible signal; the first one in the order of the list is told.</exception>
    public Trial[] Run(IReadOnlyList<long> combinations, Action<IReadOnlyList<Trial>> onDone, CancellationToken cancellationToken)
    {
        Prepare(combinations);
        var trials = new Trial[combinations.Count];
        try
        {
            Try(combinations, trials, cancellationToken);
            return trials;
        }
        finally
        {
            onDone([.. trials.Where(t => t is not null)]);
        }
    }

    private void Try(IReadOnlyList<long> combinations, Trial[] trials, CancellationToken cancellationToken)
    {
        var failures = new Exception?[combinations.Count];
        var workers = new ParallelOptions { MaxDegreeOfParallelism = setup.Options.Workers, CancellationToken = cancellationToken };
        Parallel.For(0, trials.Length, workers, () => market is null ? null : new TurnRun(market, setup.Options.Goal), (i, loop, run) =>
        {
            try
            {
                trials[i] = Progress?.Find(combinations[i]) ?? Keep(One(combinations[i], run, cancellationToken));
            }
            catch (MtsException failure)
            {
                // Those before it still run, so that the first one in the order of the list is told, on any number of threads.
                failures[i] = failure;
                loop.Break();
            }

            return run;
        }, _ => { });
        var failed = Array.FindIndex(failures, f => f is not null);
        if (failed < 0) return;
        throw new StrategyException($"with {Parameters(combinations[failed])}: {failures[failed]!.Message}", failures[failed]);
    }

    private void Prepare(IReadOnlyList<long> combinations)
    {
        if (isPrepared) return;
        isPrepared = true;
        if (setup.Strategy(combinations[0]) is ITurningStrategy) market = TurnMarket.Of(window.Inputs, setup.Risk, window.Backtest, setup.Options.Goal);
    }

    private Trial One(long combination, TurnRun? run, CancellationToken cancellationToken)
    {
        var strategy = setup.Strategy(combination);
        return run is not null && strategy is ITurningStrategy turning && turning.TryFindTurns(market!.Sums, run.Turns)
            ? run.Run(combination, KeepsDays)
            : Trial.Run(window.Inputs, strategy, setup.Risk, window.Backtest, combination, setup.Options.Goal, KeepsDays, loop => setup.Watched?.Follow(loop, () => Parameters(combination)), cancellationToken);
    }

    private string Parameters(long combination) => string.Join(", ", setup.Space.Parameters(combination).Select(p => $"{p.Key}={p.Value}"));

    private Trial Keep(Trial trial)
    {
        Progress?.Keep(trial);
        return trial;
    }
}
