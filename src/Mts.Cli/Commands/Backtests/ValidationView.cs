using System.Globalization;
using Mts.Cli.Output;
using Mts.Engine.Optimization;
using Mts.Engine.Optimization.Validating;

namespace Mts.Cli.Commands.Backtests;

/// <summary>For people: the objective around the best, and what the search was worth on data that it did not see.</summary>
internal static class ValidationView
{
    private const int SplitsShown = 10;

    public static void Show(Session session, OptimizationResult result)
    {
        if (result.WalkForward is { } walk) Show(session, result, walk);
        if (result.CrossValidation is { } cross) Show(session, result, cross);
        if (result.Plateau is { } plateau) Show(session, result, plateau);
    }

    private static void Show(Session session, OptimizationResult result, WalkForwardResult walk)
    {
        var grid = new Grid("train", "test", ">trials", "params", $">{result.Options.Goal.Name} in", ">out", ">growth per year in", ">out", ">efficiency") { Title = "Out of sample" };
        foreach (var fold in walk.Folds)
        {
            grid.Add(
                Days(fold.Train), Days(fold.Test), Figures.Count(fold.Trials), Params(result, fold.InSample?.Run.Strategies[0].Parameters), Figures.Ratio(fold.InSampleObjective), Figures.Ratio(fold.OutOfSampleObjective),
                Figures.Percent(fold.InSampleGrowth), Figures.Percent(fold.OutOfSampleGrowth), Figures.Ratio(fold.Efficiency));
        }

        session.Output.Table(grid);
        var o = walk.OutOfSample;
        session.Output.Line($"all test stretches in a row: return {Figures.Percent(o.TotalReturn)}, Sharpe {Figures.Ratio(o.Sharpe)}, max drawdown {Figures.Percent(o.MaxDrawdown)}, {Figures.Count(o.Trades)} trades; " +
            $"{Figures.Percent(walk.Winning)} of them gained; efficiency {Figures.Ratio(walk.Efficiency)}, robust from 0.5");
    }

    private static void Show(Session session, OptimizationResult result, CrossValidationResult cross)
    {
        var grid = new Grid("kept out", ">train days", "params", $">{result.Options.Goal.Name} in", ">out", ">Sharpe out", ">return out")
        {
            Title = cross.Splits.Count > SplitsShown ? $"Out of sample, the first {SplitsShown} of {cross.Splits.Count} splits" : "Out of sample",
        };
        foreach (var split in cross.Splits.Take(SplitsShown))
        {
            grid.Add(
                string.Join(", ", split.TestGroups.Select(g => Days(cross.Groups[g]))), Figures.Count(split.TrainDays), Params(result, split.Parameters),
                Figures.Ratio(split.InSampleObjective), Figures.Ratio(split.OutOfSampleObjective), Figures.Ratio(split.OutOfSample?.Sharpe), Figures.Percent(split.OutOfSample?.TotalReturn));
        }

        session.Output.Table(grid);
        session.Output.Line($"{cross.PurgeDays} days dropped before what is kept out, {cross.EmbargoDays} after it");
        var sharpes = cross.Paths.Select(p => p.Sharpe).OfType<double>().Order().ToList();
        var range = sharpes.Count > 1 ? $", from {Figures.Ratio(sharpes[0])} to {Figures.Ratio(sharpes[^1])}, deviation {Figures.Ratio(cross.SharpeDeviation)}; {Figures.Percent(cross.LosingPaths)} lose" : "";
        session.Output.Line($"{Figures.Count(cross.Paths.Count)} histories out of sample: mean Sharpe {Figures.Ratio(cross.MeanSharpe)}{range}");
    }

    private static void Show(Session session, OptimizationResult result, Plateau plateau)
    {
        var name = result.Options.Goal.Name;
        if (plateau.Table is { } table)
        {
            var grid = new Grid([$"{table.RowName} \\ {table.ColumnName}", .. table.Columns.Select(c => ">" + c)]) { Title = $"{name} around the best" };
            for (var r = 0; r < table.Rows.Count; r++) grid.Add([table.Rows[r], .. table.Objectives[r].Select(Figures.Ratio)]);
            session.Output.Table(grid);
        }
        else
        {
            var grid = new Grid(["", .. Enumerable.Range(-Plateau.Reach, (2 * Plateau.Reach) + 1).Select(o => ">" + o.ToString("+0;-0;0", CultureInfo.InvariantCulture))]) { Title = $"{name} around the best, one parameter at a time" };
            foreach (var axis in plateau.Axes) grid.Add([axis.Name, .. Enumerable.Range(-Plateau.Reach, (2 * Plateau.Reach) + 1).Select(o => axis.Points.FirstOrDefault(p => p.Offset == o) is { } p ? $"{p.Value}: {Figures.Ratio(p.Objective)}" : "")]);
            if (plateau.Axes.Count > 0) session.Output.Table(grid);
        }

        session.Output.Line($"plateau: the middle one of {Figures.Count(plateau.Neighbours)} neighbours has {Figures.Ratio(plateau.Median)} ({Figures.Percent(plateau.MedianShare)} of the best), the worst {Figures.Ratio(plateau.Worst)} ({Figures.Percent(plateau.WorstShare)})");
    }

    private static string Days(Stretch stretch) => FormattableString.Invariant($"{stretch.Start.Date:yyyy-MM-dd}…{new Timestamp(stretch.End.Micros - 1).Date:yyyy-MM-dd}");

    private static string Params(OptimizationResult result, IReadOnlyDictionary<string, string>? parameters) =>
        parameters is null ? "none keeps the constraints" : string.Join(' ', result.Space.Searched.Select(s => $"{s.Name}={parameters[s.Name]}"));
}
