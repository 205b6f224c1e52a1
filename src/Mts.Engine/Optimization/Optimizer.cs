using Mts.Core;
using Mts.Core.Performance;
using Mts.Core.Ports;
using Mts.Core.Risk;
using Mts.Engine.Optimization.Validating;
using Mts.Engine.Reports;

namespace Mts.Engine.Optimization;

/// <summary>Judges many parameters of one strategy on the same data. The same inputs give the same result on any number of threads.</summary>
/// <param name="catalog">Makes the strategies; called from several threads.</param>
/// <param name="inputs">The data.</param>
/// <param name="risk">Limits; null for none.</param>
/// <param name="backtest">Costs and rules of every trial.</param>
/// <param name="labels">How the runs name themselves; their parameters are set here.</param>
public sealed class Optimizer(IStrategyCatalog catalog, BacktestInputs inputs, RiskPolicy? risk, BacktestOptions backtest, RunLabels labels)
{
    /// <summary>Remembers trials and goes on with what was interrupted; null for neither.</summary>
    public ISearchStore? Store { get; init; }

    /// <summary>Told once, before the search goes on, how many trials of an interrupted one were found.</summary>
    public Action<int> OnResumed { get; init; } = _ => { };

    /// <summary>Who watches that strategies return; null for nobody.</summary>
    public RunProgress? Progress { get; init; }

    /// <exception cref="ConfigurationException">The space is empty or too large, or the range too short for the validation.</exception>
    /// <exception cref="BacktestDataException">The data does not cover the range, has holes, or lacks what the strategy needs.</exception>
    /// <exception cref="StrategyException">A strategy threw or gave an impossible signal.</exception>
    public OptimizationResult Run(SearchSpace space, OptimizerOptions options, CancellationToken cancellationToken)
    {
        options.Validate();
        backtest.Validate();
        var any = catalog.Create(space.Strategy, space.Parameters(Candidates.First(space, catalog)));
        InputChecks.Check(inputs, [any], backtest, []);
        var whole = new Window(inputs, backtest);
        var split = options.Validation is Validation.TrainTest share ? Schedule.Of(inputs, share) : ((Stretch Train, Stretch Test)?)null;
        var searched = split is var (train, _) ? Window.Of(inputs, backtest, train.Start, train.End) : whole;
        var conditions = BacktestRun.Of(searched.Inputs, [any], searched.Backtest, labels, risk?.Options, null);
        var id = OptimizationJson.IdOf(conditions, space, options);
        using var progress = Store?.OpenProgress(id);
        if (progress?.Found is > 0 and var found) OnResumed(found);

        var setup = new SearchSetup(catalog, space, options, risk, labels, progress, Progress);
        var ledger = new TrialLedger(Store, space, conditions);
        var result = Whole(setup, searched, conditions, id, ledger, cancellationToken, out var trials);
        result = Validated(result, setup, whole, split, trials, ledger, cancellationToken);
        progress?.Complete();
        return result with { Warnings = [.. result.Top[0].Warnings, .. SearchWarnings.Of(result, trials)] };
    }

    /// <summary>What one of its runs ran over: with a training part, that part alone.</summary>
    public (BacktestInputs Inputs, BacktestOptions Backtest) Ranged(BacktestRun run)
    {
        var window = Window.Of(inputs, backtest, run.Start, run.End);
        return (window.Inputs, window.Backtest);
    }

    private static OptimizationResult Whole(SearchSetup setup, Window window, BacktestRun conditions, string id, TrialLedger ledger, CancellationToken cancellationToken, out IReadOnlyList<Trial> trials)
    {
        var (goal, search, runner) = (setup.Options.Goal, new Search(setup.Space, setup.Catalog, setup.Options), setup.Runner(window, 0));
        trials = search.Run(runner, tried => ledger.Add(Batch(setup, id, window.Inputs.Start, window.Inputs.End), goal, tried), cancellationToken);
        var ranked = Ranking.Of(goal, trials);
        var first = ranked.Take(setup.Options.Top).ToList();
        var luck = Luck.Of(ranked[0], trials, ledger.Sum(window.Inputs, id));
        return new OptimizationResult
        {
            Id = id,
            Space = setup.Space,
            Options = setup.Options,
            Conditions = conditions,
            Trials = trials.Count,
            Feasible = trials.Count(t => t.IsFeasible),
            Skipped = search.Skipped,
            Top = first.ConvertAll(t => setup.Plain(window, t.Combination, cancellationToken)),
            Objectives = first.ConvertAll(t => goal.Value(t.Score)),
            DeflatedSharpe = luck.Ever,
            DeflatedSharpeOfSearch = luck.Here,
            ProbabilityOfOverfitting = ProbabilityOfBacktestOverfitting.Of([.. trials.Select(t => t.Blocks).OfType<BlockSums>()], cancellationToken),
            Interval = luck.Interval,
            Ledger = luck.Ledger,
            Plateau = ranked[0].IsFeasible ? new PlateauView(setup, ranked[0].Combination, Ranking.ObjectiveOf(goal, trials)).Of(trials, runner, cancellationToken) : null,
            WalkForward = null,
            CrossValidation = null,
            Warnings = [],
        };
    }

    private static OptimizationResult Validated(
        OptimizationResult result, SearchSetup setup, Window whole, (Stretch Train, Stretch Test)? split, IReadOnlyList<Trial> trials, TrialLedger ledger, CancellationToken cancellationToken)
    {
        switch (setup.Options.Validation)
        {
            case Validation.TrainTest when split is var (train, test):
                var fold = new Fold { Train = train, Test = test, Trials = trials.Count, InSample = null, OutOfSample = null, InSampleObjective = null, OutOfSampleObjective = null };
                var judged = WalkForwardRun.Judge(setup, whole, fold, Ranking.Of(setup.Options.Goal, trials)[0], cancellationToken);
                return result with { WalkForward = WalkForwardResult.Of([judged], (double)whole.Backtest.Capital) };
            case Validation.WalkForward walk:
                return result with { WalkForward = WalkForwardRun.Run(setup, whole, Schedule.Of(whole.Inputs, walk), (stretch, tried) => ledger.Add(Batch(setup, result.Id, stretch.Start, stretch.End), setup.Options.Goal, tried), cancellationToken) };
            case Validation.CrossValidation cross:
                return result with { CrossValidation = new CrossValidationRun(setup, whole, cross).Run([.. trials.Select(t => t.Combination)], cancellationToken) };
            default:
                return result;
        }
    }

    private static TrialBatch Batch(SearchSetup setup, string id, Core.Market.Timestamp start, Core.Market.Timestamp end) =>
        new(id, OptimizationJson.Word(setup.Options.Method), setup.Options.Goal.Name, start, end);
}
