using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Cli.Configuration;
using Mts.Cli.Output;

namespace Mts.Cli.Commands;

/// <summary><c>mts config show</c>: every setting with its value and who set it; secrets are masked.</summary>
internal static class ConfigShowCommand
{
    public static Command Create(CliHost host) => new Command("show", "Prints every setting with its value and origin.").Runs(host, (session, _) =>
    {
        var loaded = session.Loaded;
        session.Output.Line($"configuration {loaded.Folder}, environment {loaded.Environment}");
        var grid = new Grid("setting", "value", "origin");
        foreach (var setting in loaded.Bound) grid.Add(setting.Path, setting.Shown, setting.Origin);
        session.Output.Table(grid);
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            w.WriteString("folder", loaded.Folder);
            w.WriteString("environment", loaded.Environment);
            w.WriteStartArray("settings");
            foreach (var setting in loaded.Bound)
            {
                w.WriteStartObject();
                w.WriteString("setting", setting.Path);
                w.WriteString("value", setting.Shown);
                w.WriteString("origin", setting.Origin);
                w.WriteString("allowed", setting.Allowed);
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteEndObject();
        });
        return ExitCode.Done;
    });
}
