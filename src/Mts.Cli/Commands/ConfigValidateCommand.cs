using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Cli.Commands.Backtests;
using Mts.Cli.Configuration;
using Mts.Strategies;

namespace Mts.Cli.Commands;

/// <summary><c>mts config validate</c>: reads every file of the configuration and lists all that is wrong.</summary>
internal static class ConfigValidateCommand
{
    public static Command Create(CliHost host) => new Command("validate", "Checks every configuration file; exit code 2 when something is wrong.").Runs(host, (session, _) =>
    {
        var problems = new List<string>();
        Collect(() => session.Loaded, problems);
        Collect(() => session.Assets, problems);
        if (problems.Count == 0)
        {
            Collect(() => Sources.ReadBinance(session), problems);
            Collect(() => Sources.ReadBybit(session), problems);
            Collect(() => Alerting.CheckCredentials(session.Settings), problems);
            var files = new StrategyFiles(session.ConfigDirectory);
            Collect(() => RunStrategies.Make(session, session.Settings.Signals.Strategies, []), problems);
            foreach (var name in files.Names) Collect(() => new StrategyCatalog().Create(name, files.ParametersOf(name)), problems);
        }

        if (problems.Count > 0) throw new SettingsException(problems);
        session.Output.Line($"{session.ConfigDirectory}: {session.Loaded.Bound.Count} settings and {session.Assets.All.Count} assets, all valid.");
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            w.WriteString("folder", session.ConfigDirectory);
            w.WriteBoolean("valid", true);
            w.WriteNumber("settings", session.Loaded.Bound.Count);
            w.WriteNumber("assets", session.Assets.All.Count);
            w.WriteEndObject();
        });
        return ExitCode.Done;
    });

    private static void Collect(Func<object> load, List<string> problems)
    {
        try
        {
            _ = load();
        }
        catch (SettingsException wrong)
        {
            problems.AddRange(wrong.Problems);
        }
        catch (ConfigurationException wrong)
        {
            problems.Add(wrong.Message);
        }
    }
}
