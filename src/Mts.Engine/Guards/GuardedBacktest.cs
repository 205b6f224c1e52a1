using Mts.Core.Signals;

namespace Mts.Engine.Guards;

/// <summary>A backtest that is judged: nobody needs to ask for it, and the verdict is part of the result.</summary>
public static class GuardedBacktest
{
    /// <exception cref="Core.BacktestDataException">The data does not cover the range, has holes, or lacks what a strategy needs.</exception>
    /// <exception cref="Core.StrategyException">A strategy threw or gave an impossible signal.</exception>
    public static BacktestResult Run(GuardedRun run, CancellationToken cancellationToken)
    {
        var result = Backtest.Run(run.Inputs, run.Make(), run.Aggregator, run.Risk, run.Options, run.Labels, cancellationToken, run.Progress);
        return Judge(run, result, cancellationToken);
    }

    /// <summary>Judges a run that has been made: the best of a search.</summary>
    public static BacktestResult Judge(GuardedRun run, BacktestResult result, CancellationToken cancellationToken)
    {
        using var aside = run.Aside?.Invoke();
        var report = new GuardRounds(run, result.Signals, cancellationToken).Report();
        return result with { Guards = report, Warnings = [.. Warnings(report), .. result.Warnings] };
    }

    private static IEnumerable<string> Warnings(GuardReport report) =>
        report.Findings.Where(f => f.Finding.Verdict == GuardVerdict.Fail).Select(f => $"guard {f.Name}: {f.Finding.Words}");
}
