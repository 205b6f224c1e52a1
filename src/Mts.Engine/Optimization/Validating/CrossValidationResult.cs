namespace Mts.Engine.Optimization.Validating;

/// <summary>What the best of some groups of days was worth on the others, for all choices of the others.</summary>
public sealed record CrossValidationResult
{
    public required IReadOnlyList<Stretch> Groups { get; init; }

    public required IReadOnlyList<Split> Splits { get; init; }

    /// <summary>Days that are dropped from a search before each group that is kept out: the longest horizon of a signal.</summary>
    public required int PurgeDays { get; init; }

    /// <summary>Days that are dropped after each: the longest warm-up, and the embargo.</summary>
    public required int EmbargoDays { get; init; }

    /// <summary>Whole histories out of sample, each made of one kept-out run of every group; one where a single group is kept out at a time.</summary>
    public required IReadOnlyList<DailyFigures> Paths { get; init; }

    /// <summary>Mean of the paths' Sharpe ratios; null where none has one.</summary>
    public required double? MeanSharpe { get; init; }

    /// <summary>Sample deviation of them; null below two.</summary>
    public required double? SharpeDeviation { get; init; }

    /// <summary>Share of the paths that lose; null where none has a Sharpe ratio.</summary>
    public required double? LosingPaths { get; init; }

    internal static CrossValidationResult Of(IReadOnlyList<Stretch> groups, IReadOnlyList<Split> splits, (int Purge, int Embargo) dropped, IReadOnlyList<DailyFigures> paths)
    {
        var sharpes = paths.Where(p => p.Sharpe.HasValue).Select(p => p.Sharpe!.Value).ToList();
        return new CrossValidationResult
        {
            Groups = groups,
            Splits = splits,
            PurgeDays = dropped.Purge,
            EmbargoDays = dropped.Embargo,
            Paths = paths,
            MeanSharpe = sharpes.Count == 0 ? null : sharpes.Average(),
            SharpeDeviation = sharpes.Count < 2 ? null : Math.Sqrt(Ranking.Variance(sharpes)),
            LosingPaths = sharpes.Count == 0 ? null : (double)sharpes.Count(s => s < 0) / sharpes.Count,
        };
    }
}

/// <param name="TestGroups">Indices of the groups that were kept out, rising.</param>
/// <param name="TrainDays">Days that the search saw.</param>
/// <param name="Parameters">Of the best on them; null where none kept the constraints, and nothing is traded.</param>
/// <param name="InSample">Its figures there.</param>
/// <param name="OutOfSample">Its figures on the groups that were kept out.</param>
/// <param name="InSampleObjective">There.</param>
/// <param name="OutOfSampleObjective">On the groups that were kept out.</param>
public sealed record Split(
    IReadOnlyList<int> TestGroups, int TrainDays, IReadOnlyDictionary<string, string>? Parameters, DailyFigures? InSample, DailyFigures? OutOfSample,
    double? InSampleObjective, double? OutOfSampleObjective);
