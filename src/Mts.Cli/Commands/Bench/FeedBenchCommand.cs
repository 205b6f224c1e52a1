using System.CommandLine;
using Mts.Cli.CommandLine;

namespace Mts.Cli.Commands.Bench;

/// <summary><c>mts bench feeds</c>: the real-time rows alone, and on request the journal under <c>kill -9</c>.</summary>
internal static class FeedBenchCommand
{
    public static Command Create(CliHost host)
    {
        var messages = Flags.Whole("--messages", "Messages for each row.", 300_000, 1_000, 100_000_000, "between 1000 and 100000000");
        var kills = Flags.Whole("--kills", "Kills the writer of a journal so often at random moments, instead of measuring.", 0, 0, 100_000, "between 0 and 100000");
        var seed = Flags.Whole("--seed", "The moments of the kills follow from it.", 1, 0, int.MaxValue, "from 0 to 2147483647");
        return new Command("feeds", "Measures the path from a socket to a book, and the journal.") { messages, kills, seed }.Runs(host, async (session, arguments, cancellationToken) =>
        {
            var folder = Directory.CreateTempSubdirectory("mts-bench-").FullName;
            try
            {
                if (arguments.GetValue(kills) is > 0 and var times) return Show(session, await new JournalKills(folder, Cpu.Program, session.Clock).RunAsync(times, arguments.GetValue(seed), cancellationToken));
                BenchCommand.Show(session, [.. await new SocketWorkloads(folder, arguments.GetValue(messages), session, cancellationToken).MeasureAsync()]);
                return ExitCode.Done;
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
    }

    private static int Show(Session session, KillReport report)
    {
        session.Output.Line($"{report.Kills} kills: {report.Acknowledged} inputs were acknowledged, {report.Inputs} found, {report.Cuts} interrupted writes cut off, {report.Faults.Count} faults.");
        foreach (var fault in report.Faults) session.Output.Line(fault);
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            w.WriteNumber("kills", report.Kills);
            w.WriteNumber("acknowledged", report.Acknowledged);
            w.WriteNumber("inputs", report.Inputs);
            w.WriteNumber("cuts", report.Cuts);
            Output.JsonParts.WriteTexts(w, "faults", report.Faults);
            w.WriteEndObject();
        });
        return report.Faults.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
