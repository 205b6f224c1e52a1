namespace Mts.Engine.Optimization.Validating;

/// <summary>Searches on each train stretch and tries the best on the stretch after it.</summary>
internal static class WalkForwardRun
{
    /// <param name="setup">What is searched.</param>
    /// <param name="whole">The whole data.</param>
    /// <param name="folds">Train and test stretches, oldest first.</param>
    /// <param name="onDone">Told of the trials of each train stretch.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static WalkForwardResult Run(SearchSetup setup, Window whole, IReadOnlyList<(Stretch Train, Stretch Test)> folds, Action<Stretch, IReadOnlyList<Trial>> onDone, CancellationToken cancellationToken)
    {
        var done = new List<Fold>();
        foreach (var (train, test) in folds)
        {
            var window = Window.Of(whole.Inputs, whole.Backtest, train.Start, train.End);
            var trials = new Search(setup.Space, setup.Catalog, setup.Options).Run(setup.Runner(window, done.Count + 1), tried => onDone(train, tried), cancellationToken);
            var best = Ranking.Of(setup.Options.Goal, trials)[0];
            done.Add(Judge(setup, whole, new Fold { Train = train, Test = test, Trials = trials.Count, InSample = null, OutOfSample = null, InSampleObjective = null, OutOfSampleObjective = null }, best, cancellationToken));
        }

        return WalkForwardResult.Of(done, (double)whole.Backtest.Capital);
    }

    /// <summary>The best of a fold on both of its stretches.</summary>
    public static Fold Judge(SearchSetup setup, Window whole, Fold fold, Trial best, CancellationToken cancellationToken)
    {
        if (!best.IsFeasible) return fold;
        var inside = setup.Plain(Window.Of(whole.Inputs, whole.Backtest, fold.Train.Start, fold.Train.End), best.Combination, cancellationToken);
        var outside = setup.Plain(Window.Of(whole.Inputs, whole.Backtest, fold.Test.Start, fold.Test.End), best.Combination, cancellationToken);
        return fold with
        {
            InSample = inside,
            OutOfSample = outside,
            InSampleObjective = setup.Options.Goal.Value(best.Score),
            OutOfSampleObjective = setup.Options.Goal.Metric?.Of(outside.Metrics),
        };
    }
}
