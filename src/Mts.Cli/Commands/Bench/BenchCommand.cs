using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;

namespace Mts.Cli.Commands.Bench;

/// <summary><c>mts bench</c>: measures this machine in processor time, on seeded data.</summary>
internal static class BenchCommand
{
    public static Command Create(CliHost host)
    {
        var bars = Flags.Whole("--bars", "Length of the series.", 1_000_000, 1_000, 100_000_000, "between 1000 and 100000000");
        var seed = Flags.Whole("--seed", "The series follows from it.", 1, 0, int.MaxValue, "from 0 to 2147483647");
        var command = new Command("bench", "Measures feeds, backtest, import, storage and start-up in processor time.") { bars, seed };
        command.Add(FeedBenchCommand.Create(host));
        command.Add(FeedSenderCommand.Create(host));
        command.Add(SoakCommand.Create(host));
        command.Add(JournalWriterCommand.Create(host));
        return command.Runs(host, async (session, arguments, cancellationToken) =>
        {
            var folder = Directory.CreateTempSubdirectory("mts-bench-").FullName;
            try
            {
                var results = Measure(new Workloads(BenchSeries.Of(arguments.GetValue(bars), arguments.GetValue(seed)), folder, session.Clock, cancellationToken), session, cancellationToken);
                results.AddRange(await new SocketWorkloads(folder, 300_000, session, cancellationToken).MeasureAsync());
                Show(session, results);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }

            return ExitCode.Done;
        });
    }

    public static void Show(Session session, List<BenchResult> results)
    {
        session.Output.Table(Table(results));
        session.Output.Document(w => Write(w, results));
    }

    private static List<BenchResult> Measure(Workloads work, Session session, CancellationToken cancellationToken)
    {
        var results = new List<BenchResult>();
        IEnumerable<Func<IEnumerable<BenchResult>>> steps = [FeedWorkloads.Measure, () => [work.Engine()], () => [work.Search()], () => [work.WriteCsv()], () => [work.Import()], work.Sqlite, work.Processes];
        foreach (var step in steps)
        {
            foreach (var result in step())
            {
                cancellationToken.ThrowIfCancellationRequested();
                results.Add(result);
                if (session.Output.ShowsProgress) session.Output.Note($"{result.Name}: {Figure(result.Value, result.IsRate)} {result.Unit}");
            }
        }

        return results;
    }

    private static Grid Table(List<BenchResult> results)
    {
        var grid = new Grid("work", ">figure", "unit", ">goal", "reached");
        foreach (var r in results)
            grid.Add(r.Name, Figure(r.Value, r.IsRate), r.Unit, r.Goal is { } goal ? Figure(goal, r.IsRate) : "", r.Reached switch { true => "yes", false => "no", null => "" });
        return grid;
    }

    private static void Write(Utf8JsonWriter w, List<BenchResult> results)
    {
        w.WriteStartObject();
        w.WriteNumber("processors", Environment.ProcessorCount);
        w.WriteStartArray("results");
        foreach (var r in results)
        {
            w.WriteStartObject();
            w.WriteString("work", r.Name);
            w.WriteNumber("value", r.Value);
            w.WriteString("unit", r.Unit);
            JsonParts.WriteNumber(w, "goal", r.Goal);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }

    private static string Figure(double value, bool isRate) => value.ToString(isRate ? "#,##0" : "0.000", CultureInfo.InvariantCulture);
}
