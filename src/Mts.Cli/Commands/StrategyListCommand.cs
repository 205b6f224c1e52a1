using System.CommandLine;
using System.Globalization;
using Mts.Cli.CommandLine;
using Mts.Cli.Configuration;
using Mts.Cli.Output;
using Mts.Strategies;

namespace Mts.Cli.Commands;

/// <summary><c>mts strategy list</c>: the strategies with their parameters, as the catalogue and the configuration set them.</summary>
internal static class StrategyListCommand
{
    public static Command Create(CliHost host) => new Command("list", "Lists the strategies and their parameters.").Runs(host, (session, _) =>
    {
        var files = new StrategyFiles(session.ConfigDirectory);
        var all = new StrategyCatalog().All;
        var grid = new Grid("strategy", "parameter", ">value", "range", "meaning");
        foreach (var strategy in all)
        {
            var set = files.ParametersOf(strategy.Name);
            grid.Add(strategy.Name, "", "", "", strategy.Summary);
            foreach (var p in strategy.Parameters) grid.Add("", p.Name, Value(p, set), p.Range, p.Summary);
        }

        session.Output.Table(grid);
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            w.WriteStartArray("strategies");
            foreach (var strategy in all)
            {
                var set = files.ParametersOf(strategy.Name);
                w.WriteStartObject();
                w.WriteString("name", strategy.Name);
                w.WriteString("summary", strategy.Summary);
                w.WriteStartArray("parameters");
                foreach (var p in strategy.Parameters)
                {
                    w.WriteStartObject();
                    w.WriteString("name", p.Name);
                    w.WriteNumber("value", double.Parse(Value(p, set), CultureInfo.InvariantCulture));
                    w.WriteNumber("default", p.Default);
                    w.WriteNumber("min", p.Min);
                    w.WriteNumber("max", p.Max);
                    w.WriteBoolean("integer", p.IsInteger);
                    w.WriteString("summary", p.Summary);
                    w.WriteEndObject();
                }

                w.WriteEndArray();
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteEndObject();
        });
        return ExitCode.Done;
    });

    private static string Value(ParameterSpec parameter, IReadOnlyDictionary<string, string> set) =>
        set.TryGetValue(parameter.Name, out var text) ? text : parameter.Default.ToString(CultureInfo.InvariantCulture);
}
