namespace Mts.Engine.Optimization;

/// <summary>What the reader of a search should know before believing it.</summary>
internal static class SearchWarnings
{
    private const double UsualThreshold = 0.95;

    public static IEnumerable<string> Of(OptimizationResult result, IReadOnlyList<Trial> trials)
    {
        if (result.Skipped > 0) yield return $"{result.Skipped} combinations were skipped: the strategy refuses them";
        if (result.Feasible == 0) yield return $"none of {result.Trials} trials keeps the constraints {string.Join(", ", result.Options.Goal.Constraints)}: there is no best; those that break them least stand first";
        else if (result.Feasible < result.Trials) yield return $"{result.Trials - result.Feasible} of {result.Trials} trials break a constraint and rank last";
        if (result.Feasible > 0 && result.Objectives[0] is null) yield return "the objective is undefined for every trial; the first one stands as the best";
        if (result.DeflatedSharpe < UsualThreshold)
            yield return FormattableString.Invariant($"the best of {result.Ledger.Ever} trials may be luck: its deflated Sharpe ratio is {result.DeflatedSharpe:0.000}, below {UsualThreshold}");
        if (result.ProbabilityOfOverfitting >= 0.5)
            yield return FormattableString.Invariant($"the search overfits: what was best on one half of the time was no better than the median on the other in {result.ProbabilityOfOverfitting * 100:0} % of cases");
        if (result.Plateau?.MedianShare < 0.5)
            yield return FormattableString.Invariant($"the best stands on a needle: its neighbours reach {result.Plateau.MedianShare * 100:0} % of it in the middle");
        if (result.WalkForward?.Efficiency < 0.5)
            yield return FormattableString.Invariant($"out of sample it earned {result.WalkForward.Efficiency * 100:0} % of what it earned in sample; below 50 % the search does not carry over");
        if (result.WalkForward is { } walk && (result.Conditions.End - walk.Folds[^1].Test.End).TotalDays is >= 1 and var days)
            yield return FormattableString.Invariant($"the last {days:0} days are traded by no fold: they make no whole test stretch");
        if (result.CrossValidation?.LosingPaths > 0.25)
            yield return FormattableString.Invariant($"{result.CrossValidation.LosingPaths * 100:0} % of the histories out of sample lose");
        var left = trials.Count(t => t.Blocks is null);
        if (left > 0) yield return $"{left} of {trials.Count} trials are not in the probability of overfitting: fewer than 20 days, or nothing was left of the capital";
    }
}
