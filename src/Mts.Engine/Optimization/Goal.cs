using Mts.Core;

namespace Mts.Engine.Optimization;

/// <summary>What a search makes as large, or as small, as it can, and the bounds that it keeps to.</summary>
public sealed record Goal
{
    /// <summary>The objective that is not of one trial alone: the Sharpe ratio after what luck would have found.</summary>
    public const string DeflatedSharpe = "deflated_sharpe";

    private Goal(Metric? metric, bool isSmaller) => (Metric, IsSmaller) = (metric, isSmaller);

    public static Goal Sharpe { get; } = Of("sharpe");

    /// <summary>Null for the deflated Sharpe ratio, which depends on all trials.</summary>
    public Metric? Metric { get; }

    /// <summary>Whether the least value is the best.</summary>
    public bool IsSmaller { get; }

    public IReadOnlyList<Constraint> Constraints { get; init; } = [];

    /// <summary>As the result states it: <c>sharpe</c>, <c>max_drawdown</c>, <c>max:turnover</c>.</summary>
    public string Name => Metric is null ? DeflatedSharpe : Metric.IsCost == IsSmaller ? Metric.Name : $"{(IsSmaller ? "min" : "max")}:{Metric.Name}";

    /// <param name="objective">A metric, or <c>min:</c> or <c>max:</c> and a metric; costs and risks are made small unless told otherwise.</param>
    /// <param name="constraints">As <see cref="Constraint.Parse"/> reads them.</param>
    /// <exception cref="ConfigurationException">An unknown metric, or a constraint that is none.</exception>
    public static Goal Of(string objective, params IReadOnlyList<string> constraints)
    {
        var bounds = constraints.Select(Constraint.Parse).ToList();
        if (string.Equals(objective.Trim().Replace('-', '_'), DeflatedSharpe, StringComparison.OrdinalIgnoreCase)) return new Goal(null, false) { Constraints = bounds };
        var (least, most) = (objective.StartsWith("min:", StringComparison.OrdinalIgnoreCase), objective.StartsWith("max:", StringComparison.OrdinalIgnoreCase));
        try
        {
            var metric = Metric.Of(least || most ? objective[4..] : objective);
            return new Goal(metric, least || (metric.IsCost && !most)) { Constraints = bounds };
        }
        catch (ConfigurationException unknown)
        {
            throw new ConfigurationException($"--objective: {unknown.Message[..^1]}, {DeflatedSharpe}.", unknown);
        }
    }

    /// <summary>The metrics that a trial must tell.</summary>
    internal IEnumerable<Metric> Asked => Constraints.Select(c => c.Metric).Concat(Metric is null ? [] : [Metric]);

    /// <returns>The score, greater is better, null where the objective is undefined or not of one trial; and how far outside the bounds it is.</returns>
    internal (double? Score, double Violation) Judge(ITrialFigures figures)
    {
        var violation = 0.0;
        foreach (var constraint in Constraints) violation += constraint.Violation(figures.Of(constraint.Metric));
        return (Metric is null ? null : Value(figures.Of(Metric)), violation);
    }

    /// <summary>From score to objective and back.</summary>
    internal double? Value(double? score) => IsSmaller ? -score : score;
}
