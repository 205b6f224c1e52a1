using Mts.Core.Performance;
using Mts.Core.Ports;
using Mts.Core.Risk;
using Mts.Core.Trading;
using Mts.Engine.Optimization.Validating;

namespace Mts.Engine.Optimization;

/// <summary>What a search keeps of one backtest: not its curve, which would not fit a million times.</summary>
/// <param name="Combination">Index into the space.</param>
/// <param name="Score">The objective, greater is better; null where it is undefined.</param>
/// <param name="Violation">How far outside the constraints; 0 where it keeps them.</param>
/// <param name="Shape">Of the daily returns; null where they never move.</param>
/// <param name="Blocks">Daily returns for the probability of overfitting; null where they are too few or the account was ruined.</param>
internal sealed record Trial(long Combination, double? Score, double Violation, ReturnShape? Shape, BlockSums? Blocks)
{
    public bool IsFeasible => Violation == 0;

    /// <summary>Its days, where a validation needs them; else null.</summary>
    public DayRun? Days { get; init; }

    /// <summary>Runs the same loop as <see cref="Backtest.Run"/>, without what only a report needs.</summary>
    public static Trial Run(BacktestInputs inputs, IStrategy strategy, RiskPolicy? risk, BacktestOptions options, long combination, Goal goal, bool keepsDays, Action<EventLoop>? follow, CancellationToken cancellationToken)
    {
        var parts = RunParts.Of(inputs, [strategy], null, risk, options);
        var loop = new EventLoop(parts);
        follow?.Invoke(loop);
        loop.Run(cancellationToken);
        parts.Curve.Finish(Scaled.ToDouble(RunOutcome.FinalEquity(parts)));
        var figures = new ReportFigures(RunOutcome.Metrics(parts, loop, options, inputs, benchmark: null));
        var daily = new double[parts.Curve.Days.Count];
        for (var i = 0; i < daily.Length; i++) daily[i] = parts.Curve.Days[i].Value;
        var returns = Returns.Of(daily);
        var trial = Of(combination, goal, figures, returns);
        return keepsDays ? trial with { Days = new DayRun(returns, parts.Broker.Ledger.Trades.Count, parts.Desk.Signals.Max(s => s.Horizon)?.TotalDays ?? 0) } : trial;
    }

    /// <param name="combination">Index into the space.</param>
    /// <param name="goal">What is scored.</param>
    /// <param name="figures">Of the run.</param>
    /// <param name="returns">Per day.</param>
    public static Trial Of(long combination, Goal goal, ITrialFigures figures, ReadOnlySpan<double> returns)
    {
        var (score, violation) = goal.Judge(figures);
        var blocks = BlockSums.BlocksFor(returns.Length);
        return new Trial(combination, score, violation, ReturnShape.Of(returns), blocks > 0 ? BlockSums.Of(returns, blocks) : null);
    }
}
