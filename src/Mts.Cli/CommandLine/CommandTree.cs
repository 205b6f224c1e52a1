using System.CommandLine;
using Mts.Cli.Commands;

namespace Mts.Cli.CommandLine;

/// <summary>All verbs; each stands in a file of its own.</summary>
internal static class CommandTree
{
    public static RootCommand Build(CliHost host)
    {
        var root = new RootCommand("Collects crypto and macro market data, checks and stores it, makes signals of it and judges strategies by backtests.");
        foreach (var option in root.Options.Where(o => o.Name == "--version").ToList()) root.Options.Remove(option);
        GlobalOptions.AddTo(root);
        root.Add(SymbolsCommand.Create(host));
        root.Add(Group("config", "Shows and checks the configuration.", ConfigShowCommand.Create(host), ConfigValidateCommand.Create(host)));
        root.Add(ScheduleCommand.Create(host));
        root.Add(ServerCommand.Create(host));
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
