using Mts.Core;
using Mts.Core.Market;

namespace Mts.Engine.Optimization.Validating;

/// <summary>Cuts a range into stretches at midnights.</summary>
internal static class Schedule
{
    /// <summary>Length of the first search over that of each test, where only the number of folds is given.</summary>
    private const int UsualTrain = 3;

    /// <exception cref="ConfigurationException">The range is too short.</exception>
    public static (Stretch Train, Stretch Test) Of(BacktestInputs inputs, Validation.TrainTest split)
    {
        var cut = Day(inputs, Days(inputs) * split.Share);
        var (train, test) = (new Stretch(inputs.Start, cut), new Stretch(cut, inputs.End));
        if (train.Days < 2 || test.Days < 2) throw TooShort(inputs, "a train and a test part of two days each");
        return (train, test);
    }

    /// <exception cref="ConfigurationException">The range is too short.</exception>
    public static IReadOnlyList<(Stretch Train, Stretch Test)> Of(BacktestInputs inputs, Validation.WalkForward walk)
    {
        var days = Days(inputs);
        var test = walk.TestDays ?? (int)(days / (walk.Folds!.Value + UsualTrain));
        var train = walk.TrainDays ?? (int)days - (walk.Folds!.Value * test);
        var count = walk.Folds ?? (int)((days - train) / test);
        if (test < 2 || train < 2 || count < 1) throw TooShort(inputs, walk.Folds is { } folds ? $"{folds} folds of two days and a search before them" : $"{train} days to search and {test} to trade");
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var (from, until) = (Day(inputs, train + (i * test)), Day(inputs, train + ((i + 1) * test)));
            var start = walk.IsAnchored || i == 0 ? inputs.Start : Day(inputs, i * test);
            return (new Stretch(start, from), new Stretch(from, until > inputs.End ? inputs.End : until));
        })];
    }

    /// <exception cref="ConfigurationException">The range is too short.</exception>
    public static IReadOnlyList<Stretch> Of(BacktestInputs inputs, Validation.CrossValidation cross)
    {
        var days = Days(inputs);
        if (days < 3 * cross.Groups) throw TooShort(inputs, $"{cross.Groups} folds of three days each");
        List<Timestamp> cuts = [inputs.Start, .. Enumerable.Range(1, cross.Groups - 1).Select(i => Day(inputs, days * i / cross.Groups)), inputs.End];
        return [.. Enumerable.Range(0, cross.Groups).Select(i => new Stretch(cuts[i], cuts[i + 1]))];
    }

    private static double Days(BacktestInputs inputs) => (inputs.End - inputs.Start).TotalDays;

    private static Timestamp Day(BacktestInputs inputs, double after) =>
        new(Interval.Day.Floor(inputs.Start).Micros + ((long)Math.Round(after) * Timestamp.MicrosPerDay));

    private static ConfigurationException TooShort(BacktestInputs inputs, string wanted) =>
        new($"the range {inputs.Start} to {inputs.End} is too short for {wanted}; choose a longer one, or fewer or shorter parts.");
}
