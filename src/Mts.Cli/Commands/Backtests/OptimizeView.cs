using Mts.Cli.Output;
using Mts.Engine.Optimization;

namespace Mts.Cli.Commands.Backtests;

/// <summary>A search for people: first how much of it may be luck, then what it found.</summary>
internal static class OptimizeView
{
    public static void Show(Session session, OptimizationResult result)
    {
        foreach (var warning in result.Warnings) session.Output.Note($"warning: {warning}");
        session.Output.Table(Luck(result));
        var run = result.Conditions;
        session.Output.Line($"{result.Space.Strategy} on {string.Join(", ", run.Series.Select(s => s.Key))}, {run.Start} to {run.End}, best {result.Options.Goal.Name} first");
        session.Output.Table(Top(result));
        ValidationView.Show(session, result);
        var best = result.Best is { } b ? $"the best is run {b.Run.Id} of `mts backtest`" : "no trial keeps the constraints";
        session.Output.Line($"buy and hold returned {Figures.Percent(result.Top[0].Metrics.BenchmarkReturn)}; {best}, search {result.Id}");
    }

    private static Grid Luck(OptimizationResult result)
    {
        var (ledger, interval) = (result.Ledger, result.Interval);
        return new Grid("how much is luck", ">", "")
            .Add("trials", Figures.Count(result.Trials), Trials(result))
            .Add("trials ever", Figures.Count(ledger.Ever), ledger.Earlier > 0 ? $"with {Figures.Count(ledger.Earlier)} other ones of earlier searches on this data" : "this strategy on this data; no earlier search tried anything else")
            .Add("deflated Sharpe", Figures.Ratio(result.DeflatedSharpe), $"probability that the best is better than nothing after all trials ever; trust it above 0.95 (after this search's alone {Figures.Ratio(result.DeflatedSharpeOfSearch)})")
            .Add("overfitting (PBO)", Figures.Ratio(result.ProbabilityOfOverfitting), "how often the best of one half fails in the other; noise is 0.5")
            .Add("Sharpe of the best", Figures.Ratio(result.Best?.Metrics.Sharpe), interval is { } i ? $"95 %: {Figures.Ratio(i.Low)} to {Figures.Ratio(i.High)}, before what choosing adds" : "");
    }

    private static string Trials(OptimizationResult result)
    {
        var parts = new List<string>();
        if (result.Skipped > 0) parts.Add($"{Figures.Count(result.Skipped)} combinations refused by the strategy");
        if (result.Feasible < result.Trials) parts.Add($"{Figures.Count(result.Trials - result.Feasible)} break a constraint");
        return string.Join(", ", parts);
    }

    private static Grid Top(OptimizationResult result)
    {
        var names = result.Space.Searched.Select(s => s.Name).ToList();
        var grid = new Grid([.. names.Select(n => ">" + n), ">objective", ">Sharpe", ">Sortino", ">Calmar", ">total return", ">max drawdown", ">trades", ""]) { Title = $"The best {Figures.Count(result.Top.Count)} of {Figures.Count(result.Trials)} trials" };
        for (var i = 0; i < result.Top.Count; i++)
        {
            var (m, parameters) = (result.Top[i].Metrics, result.Top[i].Run.Strategies[0].Parameters);
            grid.Add([
                .. names.Select(n => parameters[n]), Figures.Ratio(result.Objectives[i]), Figures.Ratio(m.Sharpe), Figures.Ratio(m.Sortino), Figures.Ratio(m.Calmar),
                Figures.Percent(m.TotalReturn), Figures.Percent(m.MaxDrawdown), Figures.Count(m.Trades), i < result.Feasible ? "" : "breaks a constraint"]);
        }

        return grid;
    }
}
