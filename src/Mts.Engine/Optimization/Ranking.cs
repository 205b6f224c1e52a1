using Mts.Core.Performance;

namespace Mts.Engine.Optimization;

/// <summary>Which trial is better: within the constraints before outside them, those less far outside first, then by the objective; ties in the order of the space.</summary>
internal static class Ranking
{
    /// <returns>The best first.</returns>
    public static IReadOnlyList<Trial> Of(Goal goal, IReadOnlyList<Trial> trials)
    {
        var score = ScoreOf(goal, trials);
        var scored = goal.Metric is null ? trials.Select(t => t with { Score = score(t) }) : trials;
        return [.. scored.OrderBy(t => t.Violation).ThenByDescending(t => t.Score.HasValue).ThenByDescending(t => t.Score).ThenBy(t => t.Combination)];
    }

    /// <summary>The objective of a trial beside others; null where it is undefined.</summary>
    public static Func<Trial, double?> ObjectiveOf(Goal goal, IReadOnlyList<Trial> trials)
    {
        var score = ScoreOf(goal, trials);
        return t => goal.Value(score(t));
    }

    /// <summary>Sample variance of the Sharpe ratios that there are; 0 below two.</summary>
    public static double Variance(IReadOnlyList<Trial> trials) =>
        Variance([.. trials.Where(t => t.Shape is not null).Select(t => t.Shape!.Value.Sharpe)]);

    /// <summary>Sample variance, the same in whatever order they come; 0 below two.</summary>
    public static double Variance(IReadOnlyList<double> sharpes)
    {
        if (sharpes.Count < 2) return 0;
        var ordered = sharpes.Order().ToList();
        var mean = ordered.Average();
        return ordered.Sum(s => (s - mean) * (s - mean)) / (sharpes.Count - 1);
    }

    private static Func<Trial, double?> ScoreOf(Goal goal, IReadOnlyList<Trial> trials)
    {
        if (goal.Metric is not null) return t => t.Score;
        var (count, variance) = (trials.Count, Variance(trials));
        return t => t.Shape is { } shape ? DeflatedSharpeRatio.Of(shape, count, variance) : null;
    }
}
