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
    public static Trial Run(BacktestInputs inputs, IStrategy strategy, RiskPolicy? risk, BacktestOptions options, long combination, Objective objective, CancellationToken cancellationToken, RunProgress? progress = null)
    {
        var parts = RunParts.Of(inputs, [strategy], null, risk, options);
        var loop = new EventLoop(parts);
        progress?.Follow(loop);
        loop.Run(cancellationToken);
        var final = RunOutcome.FinalEquity(parts);
        parts.Curve.Finish(Scaled.ToDouble(final));
        var daily = new double[parts.Curve.Days.Count];
        for (var i = 0; i < daily.Length; i++) daily[i] = parts.Curve.Days[i].Value;
        return Of(combination, objective, inputs, options, daily, final, parts.Curve.Drawdown.Depth);
    }

    /// <param name="combination">Index into the space.</param>
    /// <param name="objective">What is scored.</param>
    /// <param name="inputs">For the length of the run.</param>
    /// <param name="options">For the capital.</param>
    /// <param name="daily">Equity by day, as the curve has it.</param>
    /// <param name="final">Equity at the end, 10⁻⁸.</param>
    /// <param name="drawdown">The deepest; asked by <see cref="Objective.Calmar"/> only.</param>
    public static Trial Of(long combination, Objective objective, BacktestInputs inputs, BacktestOptions options, ReadOnlySpan<double> daily, Int128 final, double drawdown)
    {
        var returns = Returns.Of(daily);
        var total = (double)(Scaled.ToDecimal(final) / options.Capital) - 1;
        var score = objective.Of(returns, total, (inputs.End - inputs.Start).TotalDays, drawdown);
        var blocks = BlockSums.BlocksFor(returns.Length);
        return new Trial(combination, score, ReturnShape.Of(returns), blocks > 0 ? BlockSums.Of(returns, blocks) : null);
    }
}
