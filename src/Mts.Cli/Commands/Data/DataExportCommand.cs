using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Storage.Files;

namespace Mts.Cli.Commands.Data;

/// <summary><c>mts data export</c>: stored bars as a CSV file that imports back equal, or what the live feeds left as JSON lines.</summary>
internal static class DataExportCommand
{
    public static Command Create(CliHost host)
    {
        var symbol = new Option<string?>("--symbol") { Description = "Asset or market; not needed for what the live feeds left.", HelpName = "NAME" };
        var venue = new Option<string?>("--venue") { Description = "Whose series; the first of sources.order that has it unless given.", HelpName = "NAME" };
        var interval = Flags.BarLength("Length of the bars, 1d unless given.");
        var start = Flags.Day("--start", "First UTC day.");
        var end = Flags.Day("--end", "Last UTC day, included.");
        var file = new Option<string>("--out") { Description = "The file: .csv or .csv.gz; .jsonl for what the live feeds left.", HelpName = "FILE", Required = true };
        var kind = new Option<string>("--kind") { Description = "What to export.", HelpName = "KIND", DefaultValueFactory = _ => "bars" }
            .AcceptOnlyFromAmong(["bars", .. RealtimeExport.Kinds]);
        var command = new Command("export", "Writes stored bars as CSV, or what the live feeds left as JSON lines.") { symbol, venue, interval, start, end, kind, file };
        return command.Runs(host, (session, arguments) =>
        {
            var path = Path.GetFullPath(arguments.GetRequiredValue(file), host.CurrentDirectory);
            using var store = session.OpenReader();
            var until = arguments.GetValue(end) is { } last ? new Timestamp(last.Micros + Timestamp.MicrosPerDay) : Timestamp.MaxValue;
            if (arguments.GetRequiredValue(kind) is var asked and not "bars")
            {
                RealtimeExport.Write(session, store, asked, new RealtimeRange(arguments.GetValue(venue), null, arguments.GetValue(start), until), arguments.GetValue(symbol), path);
                return ExitCode.Done;
            }

            var name = arguments.GetValue(symbol) ?? throw new UsageException("Option '--symbol' is required.");
            var key = SeriesChoice.One(store, session, name, arguments.GetValue(venue), arguments.GetValue(interval) ?? Interval.Day);
            var series = store.ReadBars(key, arguments.GetValue(start) ?? Timestamp.MinValue, until);
            if (series.Length == 0) throw new BacktestDataException($"{key} has no bars in that range; `mts data status` shows what there is.");
            CsvExport.Write(series, path);
            session.Output.Line($"{key}: {Figures.Count(series.Length)} bars from {series[0].OpenTime} to {series[^1].OpenTime} in {path}");
            session.Output.Document(w =>
            {
                w.WriteStartObject();
                JsonParts.WriteSeries(w, key);
                w.WriteNumber("bars", series.Length);
                w.WriteString("first", series[0].OpenTime.ToString());
                w.WriteString("last", series[^1].OpenTime.ToString());
                w.WriteString("file", path);
                w.WriteEndObject();
            });
            return ExitCode.Done;
        });
    }
}
