using System.CommandLine;
using Mts.Cli.CommandLine;

namespace Mts.Cli.Commands.Paper;

/// <summary><c>mts replay</c>: runs again what was recorded.</summary>
internal static class ReplayCommand
{
    public static Command Create(CliHost host)
    {
        var id = new Option<string>("--session") { Description = "A session of `mts paper`.", HelpName = "ID", Required = true };
        var verify = new Option<bool>("--verify") { Description = "Tells whether the replay comes to what the journal says; without it, shows the result." };
        var command = new Command("replay", "Runs a recorded session again, on one thread and without a clock.") { id, verify };
        return command.Runs(host, (session, arguments) => SessionVerification.Run(session, arguments.GetRequiredValue(id), arguments.GetValue(verify)));
    }
}
