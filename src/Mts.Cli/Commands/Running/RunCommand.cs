using System.CommandLine;
using Mts.Cli.CommandLine;

namespace Mts.Cli.Commands.Running;

/// <summary><c>mts run</c>: the whole service in one process.</summary>
internal static class RunCommand
{
    public static Command Create(CliHost host)
    {
        var duration = Flags.Span("--duration", "How long; until it is interrupted without it.");
        var command = new Command("run", "Runs everything: feeds, strategies on closed bars, schedules and alerts, as the settings say.") { duration };
        return command.Runs(host, async (session, arguments, cancellationToken) =>
        {
            await using var service = new ServiceRun(session);
            return await service.RunAsync(arguments.GetValue(duration), cancellationToken);
        });
    }
}
