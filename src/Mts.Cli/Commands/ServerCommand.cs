using System.CommandLine;
using Mts.Cli.CommandLine;

namespace Mts.Cli.Commands;

/// <summary><c>mts server</c>: its flags are understood; the service itself comes with a later version.</summary>
internal static class ServerCommand
{
    public static Command Create(CliHost host)
    {
        // Known only to be refused: the server runs alone.
        Option<bool>[] others = [.. new[] { "--collect", "--collect-macro", "--schedule" }.Select(name => new Option<bool>(name) { Hidden = true })];
        var command = new Command("server", "Serves health, metrics and data (comes with a later version).")
        {
            Flags.Whole("--port", "Port on the loopback address.", 8080, 1, 65_535, "between 1 and 65535"),
        };
        foreach (var other in others) command.Add(other);
        command.Validators.Add(result =>
        {
            foreach (var other in others.Where(o => result.GetValue(o))) result.AddError($"--server cannot be combined with {other.Name}.");
        });
        return command.Runs(host, (session, _) =>
        {
            session.Output.Error("not_available", "the server comes with a later version; `mts data status` and `mts doctor` tell the state of the data.");
            return ExitCode.Failed;
        });
    }
}
