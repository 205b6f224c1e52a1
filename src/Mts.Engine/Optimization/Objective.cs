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
    /// <returns>Null where the figure is undefined; such a trial ranks last.</returns>
    public static double? Of(this Objective objective, PerformanceReport metrics) => objective switch
    {
        Objective.Sharpe => metrics.Sharpe,
        Objective.TotalReturn => metrics.TotalReturn,
        Objective.Calmar => metrics.Calmar,
        Objective.Sortino => metrics.Sortino,
        _ => throw new ArgumentOutOfRangeException(nameof(objective), objective, "No such objective."),
    };
}
