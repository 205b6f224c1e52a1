using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Engine.Optimization.Validating;

namespace Mts.Cli.Commands.Backtests;

/// <summary>The options of <c>mts optimize</c> that try the best on data that the search did not see.</summary>
internal sealed class ValidationFlags
{
    private const int UsualFolds = 5;
    private const int UsualGroups = 6;
    private readonly Option<double?> train = Flags.Number("--train", "Searches on this share of the range, and tries the best on the rest.", 0.1, 0.95);
    private readonly Option<string?> walk = new("--walk-forward") { Description = "rolling or anchored: searches on a stretch, trades the best through the next one, moves on.", HelpName = "HOW" };
    private readonly Option<string?> cross = new("--cv") { Description = "purged or combinatorial: searches on some groups of days, tries the best on the others.", HelpName = "HOW" };
    private readonly Option<int?> folds = new("--folds") { Description = $"How many stretches or groups, {UsualFolds} unless given; {UsualGroups} for combinatorial.", HelpName = "N" };
    private readonly Option<int?> trainDays = new("--train-days") { Description = "Walk-forward: days that the first search sees.", HelpName = "N" };
    private readonly Option<int?> testDays = new("--test-days") { Description = "Walk-forward: days that are traded after each search.", HelpName = "N" };
    private readonly Option<int?> testFolds = new("--test-folds") { Description = "Combinatorial: groups that are kept out at a time, 2 unless given.", HelpName = "N" };
    private readonly Option<double?> embargo = Flags.Number("--embargo", "Cross-validation: share of the range dropped after each group that is kept out, 0.01 unless given.", 0, 0.2);

    public ValidationFlags()
    {
        walk.AcceptOnlyFromAmong("rolling", "anchored");
        cross.AcceptOnlyFromAmong("purged", "combinatorial");
    }

    public void AddTo(Command command)
    {
        Option[] all = [train, walk, cross, folds, trainDays, testDays, testFolds, embargo];
        foreach (var option in all) command.Add(option);
        command.Validators.Add(result =>
        {
            var (isTrain, isWalk, isCross) = (result.GetResult(train) is not null, result.GetResult(walk) is not null, result.GetResult(cross) is not null);
            if ((isTrain ? 1 : 0) + (isWalk ? 1 : 0) + (isCross ? 1 : 0) > 1) result.AddError("--train, --walk-forward and --cv exclude one another; give one of them.");
            if (result.GetResult(folds) is not null && !isWalk && !isCross) result.AddError("--folds is of --walk-forward and --cv.");
            if ((result.GetResult(trainDays) ?? result.GetResult(testDays)) is not null && !isWalk) result.AddError("--train-days and --test-days are of --walk-forward.");
            if (result.GetResult(testFolds) is not null && result.GetValue(cross) != "combinatorial") result.AddError("--test-folds is of --cv combinatorial.");
            if (result.GetResult(embargo) is not null && !isCross) result.AddError("--embargo is of --cv.");
        });
    }

    /// <returns>Null where nothing was asked for.</returns>
    public Validation? Of(ParseResult arguments)
    {
        if (arguments.GetValue(train) is { } share) return new Validation.TrainTest(share);
        var (count, days, test) = (arguments.GetValue(folds), arguments.GetValue(trainDays), arguments.GetValue(testDays));
        if (arguments.GetValue(walk) is { } how) return new Validation.WalkForward(how == "anchored", days is null && test is null ? count ?? UsualFolds : count, days, test);
        if (arguments.GetValue(cross) is not { } kind) return null;
        var isPurged = kind == "purged";
        return new Validation.CrossValidation(count ?? (isPurged ? UsualFolds : UsualGroups), isPurged ? 1 : arguments.GetValue(testFolds) ?? 2, arguments.GetValue(embargo) ?? 0.01);
    }
}
