using System.CommandLine;
using System.Text;
using Mts.Cli.CommandLine;
using Mts.Cli.Commands.Reports;
using Mts.Cli.UserStrategies;
using Mts.Engine;
using Mts.Engine.Allocation;
using Mts.Engine.Guards;
using Mts.Engine.Optimization;
using Mts.Engine.Reports;
using Mts.Storage.Files.Searches;

namespace Mts.Cli.Commands.Backtests;

/// <summary><c>mts optimize</c>: searches a strategy's parameters, and says how much of what it finds may be luck.</summary>
internal static class OptimizeCommand
{
    public static Command Create(CliHost host)
    {
        var (run, flags) = (new BacktestFlags(), new OptimizeFlags());
        var command = new Command("optimize", "Searches the parameters of a strategy, and says how much of what it finds may be luck.");
        flags.AddTo(command);
        run.AddRunTo(command);
        return command.Runs(host, async (session, arguments, cancellationToken) =>
        {
            if (run.StrategyNames(arguments) is not [var name]) throw new UsageException("a search is of one strategy; give one --strategy.");
            PageFile.Check(session, flags.Report.Name, arguments.GetValue(flags.Report));
            var available = await AvailableStrategies.OfAsync(session, arguments.GetValue(run.StrategyPath), StrategyLimit.OfFlag(arguments.GetValue(run.StrategyTimeout)), cancellationToken);
            var allocation = run.Allocation.Of(arguments);
            var strategies = RunStrategies.Make(session, available, [name], []).Sized(allocation);
            var strategy = strategies.Strategies[0].Name;
            var space = SearchSpace.Of(available.All.First(s => s.Name == strategy), strategies.Parameters[0], flags.Ranges(arguments));
            var options = flags.Of(arguments, run.Trading.SeedOf(session, arguments));
            var (inputs, warnings, quality) = BacktestCommand.Load(session, arguments, run, strategies, cancellationToken);
            var backtest = await BacktestCommand.OptionsAsync(session, arguments, run, inputs, cancellationToken);
            inputs = BacktestCommand.WithPrices(session, arguments, run, inputs);
            var labels = new RunLabels { Version = VersionCommand.Version, SourceHashes = [strategies.Uses[0].SourceHash], Warnings = [.. warnings, .. BacktestCommand.WarningsOf(inputs)], Quality = quality };
            var (risk, progress) = (BacktestCommand.Risk(session, arguments, run, inputs), new RunProgress());
            IStrategyCatalog catalog = allocation is not null ? new AllocatedCatalog(available, allocation) : available;
            var optimizer = new Optimizer(catalog, inputs, risk, backtest, labels)
            {
                Progress = progress,
                Store = new SearchFiles(session.DataDirectory, session.Clock),
                OnResumed = found => session.Output.Note($"goes on with an interrupted search: {found} trials were done"),
            };
            var result = await BacktestCommand.Watch(session, arguments, run).RunAsync(
                () => Judged(optimizer, optimizer.Run(space, options, cancellationToken), catalog, new GuardedRun { Inputs = inputs, Make = () => [], Risk = risk, Options = backtest, Labels = labels, Progress = progress, Aside = StrategyConsole.Aside }, cancellationToken),
                progress, cancellationToken);
            session.Metrics.Add("trials", result.Trials);
            OptimizeView.Show(session, result);
            if (arguments.GetValue(flags.Report) is { } page) PageFile.Write(session, page, OptimizationPage.Write(result));
            session.Output.Raw(session.Output.IsJson ? Encoding.UTF8.GetString(OptimizationJson.Write(result)) : "");
            return result.Best is { } best ? BacktestCommand.Verdict(session, arguments, run, best) : ExitCode.Failed;
        });
    }

    // The best alone: the others are not what anybody will trade.
    private static OptimizationResult Judged(Optimizer optimizer, OptimizationResult found, IStrategyCatalog catalog, GuardedRun run, CancellationToken cancellationToken)
    {
        if (found.Best is not { } unjudged) return found;
        var (inputs, options) = optimizer.Ranged(unjudged.Run);
        var best = GuardedBacktest.Judge(run with { Inputs = inputs, Options = options, Make = () => [catalog.Create(found.Space.Strategy, unjudged.Run.Strategies[0].Parameters)] }, unjudged, cancellationToken);
        return found with { Top = [best, .. found.Top.Skip(1)], Warnings = [.. best.Warnings.Except(unjudged.Warnings), .. found.Warnings] };
    }
}
