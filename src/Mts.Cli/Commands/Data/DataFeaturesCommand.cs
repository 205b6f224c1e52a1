using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Cli.Commands.Backtests;
using Mts.Cli.Output;
using Mts.Core.Features;
using Mts.Engine;
using Mts.Storage.Files;

namespace Mts.Cli.Commands.Data;

/// <summary><c>mts data features</c>: a table to learn from, one row per bar close with what was known then.</summary>
internal static class DataFeaturesCommand
{
    public static Command Create(CliHost host)
    {
        var symbols = Flags.Names("--symbols", "Assets or markets: bitcoin, ETH, SOL/USDT.", "NAME");
        symbols.Required = true;
        var features = new Option<string[]>("--features") { Description = "returns:1,5 sma:20 sma:20@1d rsi:14 volatility:30 macro:VIX funding close …", HelpName = "WHAT", AllowMultipleArgumentsPerToken = true, Required = true };
        var venue = new Option<string?>("--venue") { Description = "Whose series; the first of sources.order that has the range unless given.", HelpName = "NAME" };
        var interval = Flags.BarLength("Length of the bars, 1d unless given.");
        var start = Flags.Day("--start", "First UTC day; the first bar unless given.");
        var end = Flags.Day("--end", "Last UTC day, included; the last bar unless given.");
        var warmUp = Flags.Whole("--warm-up", "Bars before the start that the figures see; they have no rows.", 0, 0, 1_000_000, "from 0 to 1000000");
        var gaps = new Option<bool>("--allow-gaps") { Description = "Go over holes and ranges shorter than asked, and say so." };
        var file = new Option<string>("--out") { Description = "The file to write.", HelpName = "FILE.csv", Required = true };
        var command = new Command("features", "Writes a table of figures by the time at which they were known.") { symbols, features, venue, interval, start, end, warmUp, gaps, file };
        return command.Runs(host, (session, arguments) =>
        {
            var plan = FeaturePlan.Parse(arguments.GetRequiredValue(features));
            var path = Path.GetFullPath(arguments.GetRequiredValue(file), host.CurrentDirectory);
            var length = arguments.GetValue(interval) ?? session.Settings.Backtest.Interval;
            var range = RunRange.Of(arguments.GetValue(start), arguments.GetValue(end), length);
            var inputs = Load(session, arguments.GetRequiredValue(symbols), arguments.GetValue(venue)?.ToLowerInvariant(), length, range, arguments.GetValue(warmUp), plan);
            var (rows, warnings) = (0L, (IReadOnlyList<string>)[]);
            FeatureFile.Write(path, plan.Columns, add => warnings = FeatureTable.Make(
                inputs, plan, arguments.GetValue(gaps),
                (time, instrument, values) =>
                {
                    add(time, instrument.Asset, instrument.Key.Symbol, values);
                    rows++;
                },
                CancellationToken.None));
            session.Metrics.Add("rows", rows);
            Show(session, inputs, plan, warnings, rows, path);
            return ExitCode.Done;
        });
    }

    private static BacktestInputs Load(Session session, string[] symbols, string? venue, Interval interval, RunRange range, int warmUp, FeaturePlan plan)
    {
        foreach (var symbol in symbols) _ = Markets.Known(session.Assets, symbol);
        using var store = session.OpenReader();
        return RunData.FromStore(session, store, symbols, venue, interval, range, warmUp, plan.Needs.MacroSeries);
    }

    private static void Show(Session session, BacktestInputs inputs, FeaturePlan plan, IReadOnlyList<string> warnings, long rows, string path)
    {
        foreach (var warning in warnings) session.Output.Note($"warning: {warning}");
        session.Output.Line($"{Figures.Count(rows)} rows of {plan.Columns.Count} features from {inputs.Start} to {inputs.End} in {path}");
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            w.WriteStartArray("series");
            foreach (var instrument in inputs.Instruments)
            {
                w.WriteStartObject();
                JsonParts.WriteSeries(w, instrument.Series.Key);
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteStartArray("columns");
            foreach (var column in plan.Columns) w.WriteStringValue(column);
            w.WriteEndArray();
            w.WriteNumber("rows", rows);
            w.WriteString("start", inputs.Start.ToString());
            w.WriteString("end", inputs.End.ToString());
            w.WriteString("file", path);
            w.WriteEndObject();
        });
    }
}
