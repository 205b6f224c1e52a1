using Mts.Core.Performance;

namespace Mts.Engine.Optimization;

/// <summary>What a search makes as large as it can.</summary>
public enum Objective
{
    Sharpe,
    TotalReturn,
    Calmar,
    Sortino,
}

internal static class ObjectiveValues
{
    /// <param name="objective">Which figure.</param>
    /// <param name="returns">Per day.</param>
    /// <param name="total">Return of the whole run.</param>
    /// <param name="days">Length of the run.</param>
    /// <param name="drawdown">The deepest.</param>
    /// <returns>As in the report of a plain backtest; null where it is undefined, and such a trial ranks last.</returns>
    public static double? Of(this Objective objective, ReadOnlySpan<double> returns, double total, double days, double drawdown) => objective switch
    {
        Objective.Sharpe => SharpeRatio.Of(returns, 365),
        Objective.TotalReturn => total,
        Objective.Calmar => CalmarRatio.Of(Cagr.Of(total, days), drawdown),
        Objective.Sortino => SortinoRatio.Of(returns, 365),
        _ => throw new ArgumentOutOfRangeException(nameof(objective), objective, "No such objective."),
    };
}
