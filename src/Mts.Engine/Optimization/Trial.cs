using Mts.Core.Performance;
using Mts.Core.Ports;
using Mts.Core.Risk;
using Mts.Core.Trading;

namespace Mts.Engine.Optimization;

/// <summary>What a search keeps of one backtest: not its curve, which would not fit a million times.</summary>
/// <param name="Combination">Index into the space.</param>
/// <param name="Score">The objective; null where it is undefined.</param>
/// <param name="Shape">Of the daily returns; null where they never move.</param>
/// <param name="Blocks">Daily returns for the probability of overfitting; null where they are too few or the account was ruined.</param>
internal sealed record Trial(long Combination, double? Score, ReturnShape? Shape, BlockSums? Blocks)
{
    /// <summary>Runs the same loop as <see cref="Backtest.Run"/>, without what only a report needs.</summary>
    public static Trial Run(BacktestInputs inputs, IStrategy strategy, RiskPolicy? risk, BacktestOptions options, long combination, Objective objective, CancellationToken cancellationToken)
    {
        var parts = RunParts.Of(inputs, [strategy], null, risk, options);
        var loop = new EventLoop(parts);
        loop.Run(cancellationToken);
        parts.Curve.Finish(Scaled.ToDouble(RunOutcome.FinalEquity(parts)));
        var metrics = RunOutcome.Metrics(parts, loop, options, inputs, benchmark: null);
        var returns = Returns.Of(parts.Curve.Days.Select(p => p.Value).ToArray());
        var blocks = BlockSums.BlocksFor(returns.Length);
        return new Trial(combination, objective.Of(metrics), ReturnShape.Of(returns), blocks > 0 ? BlockSums.Of(returns, blocks) : null);
    }
}
