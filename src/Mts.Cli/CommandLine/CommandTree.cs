using System.CommandLine;
using Mts.Cli.Commands;
using Mts.Cli.Commands.Alerts;
using Mts.Cli.Commands.Analysis;
using Mts.Cli.Commands.Bench;
using Mts.Cli.Commands.Demo;
using Mts.Cli.Commands.Backtests;
using Mts.Cli.Commands.Collection;
using Mts.Cli.Commands.Data;
using Mts.Cli.Commands.Import;
using Mts.Cli.Commands.Realtime;
using Mts.Cli.Commands.Running;
using Mts.Cli.Commands.Paper;

namespace Mts.Cli.CommandLine;

/// <summary>All verbs; each stands in a file of its own.</summary>
internal static class CommandTree
{
    public static RootCommand Build(CliHost host)
    {
        var root = new RootCommand("Collects crypto and macro market data, checks and stores it, makes signals of it and judges strategies by backtests.");
        foreach (var option in root.Options.Where(o => o.Name == "--version").ToList()) root.Options.Remove(option);
        GlobalOptions.AddTo(root);
        root.Add(DemoCommand.Create(host));
        root.Add(CollectCommand.Create(host));
        root.Add(CollectMacroCommand.Create(host));
        root.Add(CollectFundingCommand.Create(host));
        root.Add(SignalsCommand.Create(host));
        root.Add(BacktestCommand.Create(host));
        root.Add(OptimizeCommand.Create(host));
        root.Add(Group(
            "data", "Looks after the stored data.",
            DataStatusCommand.Create(host), DataVerifyCommand.Create(host), DataRepairCommand.Create(host),
            DataImportCommand.Create(host), DataImportFundingCommand.Create(host), DataImportMacroCommand.Create(host),
            DataBackupCommand.Create(host), DataRestoreCommand.Create(host), DataResampleCommand.Create(host),
            DataExportCommand.Create(host), DataBarsCommand.Create(host), DataFeaturesCommand.Create(host)));
        root.Add(Group("strategy", "Shows the strategies.", StrategyListCommand.Create(host)));
        root.Add(Group(
            "analyze", "Looks at macro series and at how markets move together.",
            AnalyzeMacroCommand.Create(host), AnalyzeCorrelationCommand.Create(host), AnalyzeDailyCommand.Create(host)));
        root.Add(StreamCommand.Create(host));
        root.Add(RunCommand.Create(host));
        root.Add(SymbolsCommand.Create(host));
        root.Add(Group("alerts", "Shows past alerts and tries the channels.", AlertsListCommand.Create(host), AlertsTestCommand.Create(host)));
        root.Add(Group("config", "Shows and checks the configuration.", ConfigShowCommand.Create(host), ConfigValidateCommand.Create(host)));
        root.Add(PaperCommand.Create(host));
        root.Add(ReplayCommand.Create(host));
        root.Add(ScheduleCommand.Create(host));
        root.Add(ServerCommand.Create(host));
        root.Add(SimulateCommand.Create(host));
        root.Add(BenchCommand.Create(host));
        root.Add(DoctorCommand.Create(host));
        root.Add(VersionCommand.Create(host));
        return root;
    }

    private static Command Group(string name, string description, params Command[] verbs)
    {
        var group = new Command(name, description);
        foreach (var verb in verbs) group.Add(verb);
        return group;
    }
}
