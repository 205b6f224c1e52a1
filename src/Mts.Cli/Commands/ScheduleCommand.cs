using System.CommandLine;
using Mts.Cli.CommandLine;

namespace Mts.Cli.Commands;

/// <summary><c>mts schedule</c>: its flags are understood; the service itself comes with a later version.</summary>
internal static class ScheduleCommand
{
    public static Command Create(CliHost host)
    {
        var collect = new Option<bool>("--collect") { Description = "Collect market data." };
        var macro = new Option<bool>("--collect-macro") { Description = "Collect macro data." };
        var indicators = Flags.Names("--macro-indicators", "Macro series, for instance VIX DXY, or ALL.", "NAME");
        var command = new Command("schedule", "Collects again and again (comes with a later version).")
        {
            collect, macro, indicators, Flags.Days("How many days back.", 1),
            Flags.Whole("--interval", "Minutes between two collections.", 60, 1, 525_600, "a positive number of minutes, at most 525600"),
        };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(collect) && !result.GetValue(macro)) result.AddError("--schedule needs --collect or --collect-macro.");
            if (result.GetResult(indicators) is not null && !result.GetValue(macro)) result.AddError("--macro-indicators needs --collect-macro.");
        });
        return command.Runs(host, (session, arguments) =>
        {
            foreach (var name in arguments.GetValue(indicators) ?? [])
            {
                if (!string.Equals(name, "ALL", StringComparison.OrdinalIgnoreCase)) _ = MacroCatalog.Find(name);
            }

            session.Output.Error("not_available", "scheduled collection comes with a later version; until then run `mts collect` and `mts collect-macro` from cron.");
            return ExitCode.Failed;
        });
    }
}
