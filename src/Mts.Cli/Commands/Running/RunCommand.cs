using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Cli.UserStrategies;

namespace Mts.Cli.Commands.Running;

/// <summary><c>mts run</c>: the whole service in one process.</summary>
internal static class RunCommand
{
    public static Command Create(CliHost host)
    {
        var duration = Flags.Span("--duration", "How long to run: 90s, 15m, 8h, 7d; until it is interrupted unless given.");
        var strategies = Flags.Names("--strategy", "Strategies by name, in place of those of run.strategies.", "NAME");
        var path = AvailableStrategies.PathOption();
        var command = new Command("run", "Runs everything: feeds, strategies on closed bars, schedules and alerts, as the settings say.") { duration, strategies, path };
        return command.Runs(host, async (session, arguments, cancellationToken) =>
        {
            var available = await AvailableStrategies.OfAsync(session, arguments.GetValue(path), new StrategyLimit(session.Settings.Run.StrategyTimeout, "run.strategyTimeout"), cancellationToken);
            var names = arguments.GetValue(strategies) is { Length: > 0 } given ? given : session.Settings.Run.Strategies;
            await using var service = new ServiceRun(session, available, names);
            return await service.RunAsync(arguments.GetValue(duration), cancellationToken);
        });
    }
}
