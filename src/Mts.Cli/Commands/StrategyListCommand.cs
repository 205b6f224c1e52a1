using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Mts.Cli.CommandLine;
using Mts.Cli.Configuration;
using Mts.Cli.Output;
using Mts.Cli.UserStrategies;

namespace Mts.Cli.Commands;

/// <summary><c>mts strategy list</c>: the strategies with their parameters, as the catalogue and the configuration set them.</summary>
internal static class StrategyListCommand
{
    public static Command Create(CliHost host)
    {
        var path = AvailableStrategies.PathOption();
        return new Command("list", "Lists the strategies and their parameters.") { path }.Runs(host, async (session, arguments, cancellationToken) =>
        {
            var files = new StrategyFiles(session.ConfigDirectory);
            var available = await AvailableStrategies.OfAsync(session, arguments.GetValue(path), StrategyLimit.Usual, cancellationToken);
            var grid = new Grid("strategy", "parameter", ">value", "range", "meaning");
            foreach (var strategy in available.All)
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
                foreach (var strategy in available.All) Write(w, strategy, files.ParametersOf(strategy.Name), available);
                w.WriteEndArray();
                w.WriteEndObject();
            });
            return ExitCode.Done;
        });
    }

    private static void Write(Utf8JsonWriter w, StrategyDescriptor strategy, IReadOnlyDictionary<string, string> set, AvailableStrategies available)
    {
        // Needs may depend on the parameters; these are checked here as well.
        var needs = available.Create(strategy.Name, set).Needs;
        w.WriteStartObject();
        w.WriteString("name", strategy.Name);
        w.WriteString("summary", strategy.Summary);
        w.WriteStartArray("parameters");
        foreach (var p in strategy.Parameters) Write(w, p, set);
        w.WriteEndArray();
        w.WriteStartObject("needs");
        w.WriteNumber("warm_up_bars", needs.WarmUpBars);
        w.WriteNumber("instruments", needs.MinInstruments);
        w.WriteBoolean("volume", needs.Volume);
        w.WriteStartArray("macro");
        foreach (var id in needs.MacroSeries) w.WriteStringValue(id);
        w.WriteEndArray();
        w.WriteString("capital", needs.Capital == CapitalSharing.Equal ? "equal" : "shared");
        w.WriteEndObject();
        if (available.SourceHashOf(strategy.Name) is { } hash) w.WriteString("source_hash", hash);
        w.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter w, ParameterSpec p, IReadOnlyDictionary<string, string> set)
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

    private static string Value(ParameterSpec parameter, IReadOnlyDictionary<string, string> set) =>
        set.TryGetValue(parameter.Name, out var text) ? text : parameter.Default.ToString(CultureInfo.InvariantCulture);
}
