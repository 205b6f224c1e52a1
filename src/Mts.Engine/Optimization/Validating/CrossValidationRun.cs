using Mts.Core;
using Mts.Core.Market;

namespace Mts.Engine.Optimization.Validating;

/// <summary>Purged and combinatorial cross-validation.</summary>
/// <remarks>
/// López de Prado, Advances in Financial Machine Learning, 2018, chapters 7 (purging, embargo) and 12 (combinatorial paths). Runs are cut at the borders of groups,
/// so that no trade lies on both sides; what a search could still learn across a border is dropped: the days before it within reach of a signal's horizon,
/// and those after it whose indicators look back over it.
/// </remarks>
internal sealed class CrossValidationRun(SearchSetup setup, Window whole, Validation.CrossValidation cross)
{
    private const long MostReturns = 16_000_000;
    private readonly IReadOnlyList<Stretch> groups = Schedule.Of(whole.Inputs, cross);

    /// <param name="combinations">The candidates, fixed beforehand.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ConfigurationException">Too many candidates to keep the days of, or nothing is left to search on.</exception>
    public CrossValidationResult Run(IReadOnlyList<long> combinations, CancellationToken cancellationToken)
    {
        if (combinations.Count * whole.Days > MostReturns) throw new ConfigurationException($"the returns of {combinations.Count} trials over {whole.Days:0} days do not fit the memory meant for them; take --search random with fewer --trials.");
        var trials = Trials(combinations, cancellationToken);
        var dropped = (Purge: (int)Math.Ceiling(trials.Max(t => t.Groups.Max(g => g.HorizonDays))), Embargo: WarmUpDays(combinations) + (int)Math.Ceiling(cross.Embargo * whole.Days));
        var lengths = trials[0].Groups.Select(g => g.Returns.Length).ToArray();
        var choices = Choices(cross.Groups, cross.TestGroups).ToList();
        var judged = new (Split Split, GroupedTrial? Best)[choices.Count];
        var workers = new ParallelOptions { MaxDegreeOfParallelism = setup.Options.Workers, CancellationToken = cancellationToken };
        var kept = choices.ConvertAll(c => TrainDays.Of(lengths, c, dropped.Purge, dropped.Embargo));
        Parallel.For(0, choices.Count, workers, i => judged[i] = Judge(trials, choices[i], kept[i], lengths));
        return CrossValidationResult.Of(groups, [.. judged.Select(j => j.Split)], dropped, [.. Paths(judged, lengths)]);
    }

    /// <summary>All choices of some of the groups, in lexicographic order.</summary>
    public static IEnumerable<int[]> Choices(int groups, int chosen) => chosen == 0
        ? [[]]
        : Enumerable.Range(0, groups).SelectMany(first => Choices(groups - first - 1, chosen - 1).Select(rest => (int[])[first, .. rest.Select(r => r + first + 1)]));

    private List<GroupedTrial> Trials(IReadOnlyList<long> combinations, CancellationToken cancellationToken)
    {
        var runs = new List<IReadOnlyList<Trial>>();
        foreach (var group in groups)
        {
            var runner = setup.Runner(Window.Of(whole.Inputs, whole.Backtest, group.Start, group.End), runs.Count + 1, keepsDays: true);
            runs.Add(runner.Run(combinations, _ => { }, cancellationToken));
        }

        var lengths = runs.ConvertAll(r => r.Max(t => t.Days!.Returns.Length));
        return [.. combinations.Select((c, i) => new GroupedTrial(c, [.. runs.Select((r, g) => Whole(r[i].Days!, lengths[g]))]))];
    }

    // Where nothing was left there are no returns: all is lost on the first day.
    private static DayRun Whole(DayRun run, int days)
    {
        if (run.Returns.Length == days) return run;
        var lost = new double[days];
        lost[0] = -1;
        return run with { Returns = lost };
    }

    private int WarmUpDays(IReadOnlyList<long> combinations)
    {
        var series = whole.Inputs.Instruments[0].Series;
        var bars = combinations.Max(c => setup.Strategy(c).Needs.WarmUpAt(series.Key.Interval));
        // Bars without a grid are as long as they are in the mean.
        var days = series.Key.Interval == Interval.Irregular ? whole.Days / series.Length : (double)series.Key.Interval.Micros / Timestamp.MicrosPerDay;
        return (int)Math.Ceiling(bars * days);
    }

    private (Split Split, GroupedTrial? Best) Judge(List<GroupedTrial> trials, int[] test, bool[]?[] train, int[] lengths)
    {
        (GroupedTrial Trial, DailyFigures Figures, double? Score)? best = null;
        foreach (var trial in trials)
        {
            var figures = trial.On(train);
            var (score, violation) = setup.Options.Goal.Judge(figures.Judged());
            if (violation == 0 && (best is not { } b || score > b.Score || (b.Score is null && score is not null))) best = (trial, figures, score);
        }

        var days = train.Sum(g => g?.Count(d => d) ?? 0);
        if (best is not { } chosen) return (new Split(test, days, null, null, null, null, null), null);
        var outside = chosen.Trial.On([.. lengths.Select((n, g) => test.Contains(g) ? Enumerable.Repeat(true, n).ToArray() : null)]);
        var value = setup.Options.Goal.Value(setup.Options.Goal.Judge(outside.Judged()).Score);
        return (new Split(test, days, setup.Space.Parameters(chosen.Trial.Combination), chosen.Figures, outside, setup.Options.Goal.Value(chosen.Score), value), chosen.Trial);
    }

    // Of the splits that keep a group out, the first belongs to the first path, the second to the second, and so on.
    private static IEnumerable<DailyFigures> Paths((Split Split, GroupedTrial? Best)[] judged, int[] lengths)
    {
        var byGroup = lengths.Select((_, g) => judged.Where(j => j.Split.TestGroups.Contains(g)).ToList()).ToList();
        for (var path = 0; path < byGroup[0].Count; path++)
        {
            var (returns, trades) = (new List<double>(), 0);
            for (var g = 0; g < lengths.Length; g++)
            {
                var run = byGroup[g][path].Best?.Groups[g];
                returns.AddRange(run?.Returns ?? new double[lengths[g]]);
                trades += run?.Trades ?? 0;
            }

            yield return DailyFigures.Of([.. returns], trades);
        }
    }
}
