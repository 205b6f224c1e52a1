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
using Mts.Cli.Commands.Reports;
using Mts.Cli.Commands.Running;
using Mts.Cli.Commands.Paper;

namespace Mts.Cli.CommandLine;

/// <summary>All verbs; each stands in a file of its own.</summary>
internal static class CommandTree
{
    // By name, so that a run makes no more than the one that it was asked for.
    private static readonly (string Name, Func<CliHost, Command> Create)[] Verbs =
    [
        ("demo", DemoCommand.Create),
        ("collect", CollectCommand.Create),
        ("collect-macro", CollectMacroCommand.Create),
        ("collect-funding", CollectFundingCommand.Create),
        ("signals", SignalsCommand.Create),
        ("backtest", BacktestCommand.Create),
        ("optimize", OptimizeCommand.Create),
        Group(
            "report", "Shows and compares what runs and searches have left.",
            ReportListCommand.Create, ReportShowCommand.Create, ReportCompareCommand.Create, ReportMonteCarloCommand.Create,
            ReportTrialsCommand.Create),
        Group(
            "data", "Looks after the stored data.",
            DataStatusCommand.Create, DataVerifyCommand.Create, DataRepairCommand.Create, DataImportCommand.Create,
            DataImportFundingCommand.Create, DataImportMacroCommand.Create, DataBackupCommand.Create,
            DataRestoreCommand.Create, DataResampleCommand.Create, DataExportCommand.Create, DataBarsCommand.Create,
            DataFeaturesCommand.Create),
        Group(
            "strategy", "Shows the strategies, and begins new ones.",
            StrategyListCommand.Create, StrategyNewCommand.Create),
        Group(
            "analyze", "Looks at macro series and at how markets move together.",
            AnalyzeMacroCommand.Create, AnalyzeCorrelationCommand.Create, AnalyzeDailyCommand.Create),
        ("stream", StreamCommand.Create),
        ("run", RunCommand.Create),
        ("symbols", SymbolsCommand.Create),
        Group(
            "alerts", "Shows past alerts and tries the channels.",
            AlertsListCommand.Create, AlertsTestCommand.Create),
        Group(
            "config", "Shows and checks the configuration.",
            ConfigShowCommand.Create, ConfigValidateCommand.Create),
        ("paper", PaperCommand.Create),
        ("replay", ReplayCommand.Create),
        ("schedule", ScheduleCommand.Create),
        ("server", ServerCommand.Create),
        ("simulate", SimulateCommand.Create),
        ("bench", BenchCommand.Create),
        ("doctor", DoctorCommand.Create),
        ("version", VersionCommand.Create),
    ];

    /// <param name="host">Where the verbs run.</param>
    /// <param name="verb">The only one that is wanted; all of them where there is none of that name.</param>
    public static RootCommand Build(CliHost host, string? verb = null)
    {
        var root = new RootCommand("Collects crypto and macro market data, checks and stores it, makes signals of it and judges strategies by backtests.");
        foreach (var option in root.Options.Where(o => o.Name == "--version").ToList()) root.Options.Remove(option);
        GlobalOptions.AddTo(root);
        var only = Array.FindIndex(Verbs, v => v.Name == verb);
        foreach (var (_, create) in only < 0 ? Verbs : Verbs.AsSpan(only, 1)) root.Add(create(host));
        return root;
    }

    private static (string Name, Func<CliHost, Command> Create) Group(string name, string description, params Func<CliHost, Command>[] verbs) => (name, host =>
    {
        var group = new Command(name, description);
        foreach (var create in verbs) group.Add(create(host));
        return group;
    });
}
