using System.CommandLine;
using System.Text;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Engine;
using Mts.Engine.Optimization;
using Mts.Engine.Reports;
using Mts.Strategies;

namespace Mts.Cli.Commands.Backtests;

/// <summary><c>mts optimize</c>: searches a strategy's parameters, and says how much of what it finds may be luck.</summary>
internal static class OptimizeCommand
{
    private const int DefaultTrials = 100;

    public static Command Create(CliHost host)
    {
        var flags = new BacktestFlags();
        var ranges = new Option<string[]>("--param") { Description = "Values to search: fast=5..29, slow=40..79:2, fast=5,10,20.", HelpName = "NAME=VALUES", AllowMultipleArgumentsPerToken = true };
        var search = new Option<string>("--search") { Description = "grid tries all combinations, random draws --trials of them.", HelpName = "HOW", DefaultValueFactory = _ => "grid" };
        search.AcceptOnlyFromAmong("grid", "random");
        var trials = new Option<int?>("--trials") { Description = $"How many combinations a random search draws, {DefaultTrials} unless given.", HelpName = "N" };
        var objective = new Option<string>("--objective") { Description = "sharpe, total_return, calmar or sortino.", HelpName = "NAME", DefaultValueFactory = _ => "sharpe" };
        objective.AcceptOnlyFromAmong("sharpe", "total_return", "calmar", "sortino");
        var command = new Command("optimize", "Searches the parameters of a strategy, and says how much of what it finds may be luck.") { ranges, search, trials, objective };
        flags.AddRunTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(trials) is not null && result.GetValue(search) != "random") result.AddError("--trials is of --search random; a grid tries all combinations.");
        });
        return command.Runs(host, async (session, arguments, cancellationToken) =>
        {
            if (flags.StrategyNames(arguments) is not [var name]) throw new UsageException("a search is of one strategy; give one --strategy.");
            var strategies = RunStrategies.Make(session, [name], []);
            var strategy = strategies.Strategies[0].Name;
            var catalog = new StrategyCatalog();
            var space = SearchSpace.Of(catalog.All.First(s => s.Name == strategy), strategies.Parameters[0], arguments.GetValue(ranges) ?? []);
            var (inputs, warnings) = BacktestCommand.Load(session, arguments, flags, strategies);
            var backtest = await BacktestCommand.OptionsAsync(session, arguments, flags, inputs, cancellationToken);
            inputs = flags.Costs.WithSpreads(session, arguments, inputs);
            var labels = new RunLabels { Version = VersionCommand.Version, Warnings = [.. warnings, .. BacktestCommand.WarningsOf(inputs)] };
            var options = new OptimizerOptions
            {
                Objective = Enum.Parse<Objective>(arguments.GetValue(objective)!.Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
                RandomTrials = arguments.GetValue(search) == "random" ? arguments.GetValue(trials) ?? DefaultTrials : null,
                Seed = backtest.Seed,
            };
            var result = new Optimizer(catalog, inputs, BacktestCommand.Risk(session, arguments, flags, inputs), backtest, labels).Run(space, options, cancellationToken);
            session.Metrics.Add("trials", result.Trials);
            Show(session, result, arguments.GetValue(objective)!);
            session.Output.Raw(session.Output.IsJson ? Encoding.UTF8.GetString(OptimizationJson.Write(result)) : "");
            return ExitCode.Done;
        });
    }

    private static void Show(Session session, OptimizationResult result, string objective)
    {
        foreach (var warning in result.Warnings) session.Output.Note($"warning: {warning}");
        var run = result.Best.Run;
        session.Output.Table(new Grid("how much is luck", ">", "")
            .Add("trials", Figures.Count(result.Trials), result.Skipped > 0 ? $"{Figures.Count(result.Skipped)} combinations refused by the strategy" : "")
            .Add("deflated Sharpe", Figures.Ratio(result.DeflatedSharpe), "probability that the best is better than nothing; trust it above 0.95")
            .Add("overfitting (PBO)", Figures.Ratio(result.ProbabilityOfOverfitting), "how often the best of one half fails in the other; noise is 0.5"));
        session.Output.Line($"{result.Space.Strategy} on {string.Join(", ", run.Series.Select(s => s.Key))}, {run.Start} to {run.End}, best {objective} first");
        var names = result.Space.Searched.Select(s => s.Name).ToList();
        var grid = new Grid([.. names.Select(n => ">" + n), ">Sharpe", ">Sortino", ">Calmar", ">total return", ">max drawdown", ">trades"]);
        foreach (var trial in result.Top)
        {
            var (m, parameters) = (trial.Metrics, trial.Run.Strategies[0].Parameters);
            grid.Add([.. names.Select(n => parameters[n]), Figures.Ratio(m.Sharpe), Figures.Ratio(m.Sortino), Figures.Ratio(m.Calmar), Figures.Percent(m.TotalReturn), Figures.Percent(m.MaxDrawdown), Figures.Count(m.Trades)]);
        }

        session.Output.Table(grid);
        session.Output.Line($"buy and hold returned {Figures.Percent(result.Best.Metrics.BenchmarkReturn)}; the best is run {run.Id} of `mts backtest`, search {OptimizationJson.IdOf(result)}");
    }
}
